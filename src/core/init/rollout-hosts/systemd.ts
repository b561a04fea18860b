import { type ProjectFile, unless } from '../project-file.ts';

/** Returns a unit that runs a rollout and is started again if it is killed, and a timer that starts a guard. */
export function systemdFiles(prefix: string): readonly ProjectFile[] {
  return Object.entries(units).map(([name, text]) => ({
    file: `${prefix}rollouts/${name}`,
    text,
    missingFrom: unless(name.endsWith('.timer') ? 'mesh-guard.timer' : 'mesh canary'),
  }));
}

const units = {
  'mesh-rollout@.service': `# systemctl start "mesh-rollout@$(systemd-escape NAMESPACE/NAME)"
[Unit]
Description=Run the rollout %I
StartLimitIntervalSec=10min
StartLimitBurst=5

[Service]
# CHANGE: the owner of the output, the repository, and where mesh is
User=mesh
WorkingDirectory=/srv/mesh
ExecStart=/usr/local/bin/mesh canary run %I --no-input
# a runner that was killed goes on; exit codes (10 rolled back, 11 holds) are ends
Restart=on-abnormal
RestartSec=5s
# on SIGTERM the runner goes down to maxWeightUnattended
TimeoutStopSec=60s
`,
  'mesh-guard.service': `[Unit]
Description=Look after rollouts whose runner is gone

[Service]
Type=oneshot
# CHANGE: the owner of the output, the repository, and where mesh is
User=mesh
WorkingDirectory=/srv/mesh
ExecStart=/usr/local/bin/mesh canary guard --every 30s --no-input
TimeoutStartSec=10min
`,
  'mesh-guard.timer': `# systemctl enable --now mesh-guard.timer
[Unit]
Description=Look after rollouts twice a minute

[Timer]
OnBootSec=30s
OnUnitInactiveSec=30s
AccuracySec=5s

[Install]
WantedBy=timers.target
`,
} as const;
