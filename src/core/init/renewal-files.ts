import { type ProjectFile, unless } from './project-file.ts';
import { workflowJob } from './workflow.ts';

/** A scheduler that can renew certificates. */
export type RenewalTimer = 'systemd' | 'cron' | 'ci';

const command = 'mesh certs rotate workload';

/**
 * Returns the files by which a scheduler renews certificates every hour: what is due is renewed, everything else stays.
 * `name` names the mesh, `prefix` leads from the top of the repository to the mesh: empty, or ending in `/`.
 */
export function renewalFiles(
  timer: RenewalTimer,
  name: string,
  version: string,
  prefix: string,
): readonly ProjectFile[] {
  const unit = `mesh-certs-${name}`;
  const folder = `/srv/${name}${prefix === '' ? '' : `/${prefix.replace(/\/$/, '')}`}`;
  switch (timer) {
    case 'systemd':
      return [
        own(`${prefix}renewal/${unit}.service`, service(name, folder), command),
        own(`${prefix}renewal/${unit}.timer`, timerUnit(name, unit), `${unit}.service`),
      ];
    case 'cron':
      return [own(`${prefix}renewal/${unit}.cron`, cronFile(name, folder), command)];
    case 'ci':
      return [
        workflowJob(version, prefix, { suffix: 'certs', job: 'renew', schedule: '17 * * * *', command }),
      ];
  }
}

function own(file: string, text: string, mark: string): ProjectFile {
  return { file, text, missingFrom: unless(mark) };
}

function service(name: string, folder: string): string {
  return `# Install on the machine of the proxies, as the user who owns the output:
#   cp mesh-certs-${name}.service mesh-certs-${name}.timer ~/.config/systemd/user/
#   systemctl --user enable --now mesh-certs-${name}.timer
[Unit]
Description=Renew the certificates of the mesh ${name}

[Service]
Type=oneshot
# CHANGE: the clone of the repository on this machine
WorkingDirectory=${folder}
ExecStart=/usr/bin/env ${command}
UMask=0077
`;
}

function timerUnit(name: string, unit: string): string {
  return `[Unit]
Description=Renew the certificates of the mesh ${name} every hour

[Timer]
OnCalendar=hourly
# Machines that share a signer don't call it at the same moment.
RandomizedDelaySec=10m
# A run that was missed while the machine was off follows at once.
Persistent=true
Unit=${unit}.service

[Install]
WantedBy=timers.target
`;
}

function cronFile(name: string, folder: string): string {
  return `# Renews the certificates of the mesh ${name} every hour. Add the line to 'crontab -e' of the user who owns the output.
# CHANGE: the clone of the repository on this machine
17 * * * * cd ${folder} && ${command}
`;
}
