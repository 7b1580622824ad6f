# A machine that runs containers: Docker, a firewall, updates that install themselves. Running it again changes nothing.
resource "terraform_data" "prepared" {
  triggers_replace = [
    nonsensitive(var.connection.host),
    filesha256("${path.module}/prepare.sh"),
  ]

  connection {
    type        = "ssh"
    host        = var.connection.host
    host_key    = var.connection.host_key
    user        = var.connection.user
    private_key = var.connection.private_key
  }

  provisioner "remote-exec" {
    script = "${path.module}/prepare.sh"
  }
}

output "prepared" {
  description = "Changes when the server was prepared anew."
  value       = terraform_data.prepared.id
}
