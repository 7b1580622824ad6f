variable "connection" {
  description = "How the server is reached by SSH."
  type = object({
    host        = string
    host_key    = string
    user        = string
    private_key = string
  })
  sensitive = true
}
