import type { Health } from './client';
import { useHealth } from './use-health';

export function HealthBadge({ intervalMilliseconds = 15_000 }: { intervalMilliseconds?: number }) {
  const health = useHealth(intervalMilliseconds);
  return (
    <output className="health" data-state={health.state}>
      {describe(health)}
    </output>
  );
}

function describe(health: Health): string {
  if (health.state === 'unknown') return 'asking the API …';
  if (health.state === 'down') return `the API is down: ${health.reason}`;
  const minutes = Math.floor(health.uptimeSeconds / 60);
  return `the API is up${minutes === 0 ? '' : ` for ${minutes} min`}`;
}
