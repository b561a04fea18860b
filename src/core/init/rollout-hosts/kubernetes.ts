import { type ProjectFile, unless } from '../project-file.ts';

const image = 'registry.example/mesh:1 # CHANGE: an image with mesh, and this repository in /mesh';

/**
 * Returns a Job that runs a rollout and goes on in a new pod if its pod is lost, and a CronJob that looks after rollouts
 * every minute.
 */
export function kubernetesFiles(prefix: string): readonly ProjectFile[] {
  return [
    { file: `${prefix}rollouts/job.yaml`, text: job, missingFrom: unless('mesh, canary, run') },
    { file: `${prefix}rollouts/guard.yaml`, text: guard, missingFrom: unless('mesh, canary, guard') },
  ];
}

const job = `# kubectl create -f job.yaml
apiVersion: batch/v1
kind: Job
metadata:
  generateName: mesh-rollout-
  namespace: mesh-system # CHANGE: your namespace
spec:
  backoffLimit: 6
  podFailurePolicy:
    rules:
      # an end of the rollout is none of the pod: it was refused, rolled back, or holds
      - action: FailJob
        onExitCodes: {operator: In, values: [4, 5, 10, 11, 12, 64]}
  template:
    spec:
      serviceAccountName: mesh-rollout
      restartPolicy: Never
      # on SIGTERM the runner goes down to maxWeightUnattended
      terminationGracePeriodSeconds: 60
      containers:
        - name: mesh
          image: ${image}
          workingDir: /mesh
          command: [mesh, canary, run, shop/reviews, --no-input] # CHANGE: your Rollout
`;

const guard = `# kubectl apply -f guard.yaml; 'mesh doctor --rbac apply' prints the rights that the account needs
apiVersion: v1
kind: ServiceAccount
metadata:
  name: mesh-rollout
  namespace: mesh-system # CHANGE: your namespace
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: mesh-guard
  namespace: mesh-system # CHANGE: your namespace
spec:
  schedule: "* * * * *"
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 50
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      backoffLimit: 0
      activeDeadlineSeconds: 600
      template:
        spec:
          serviceAccountName: mesh-rollout
          restartPolicy: Never
          containers:
            - name: mesh
              image: ${image}
              workingDir: /mesh
              command: [mesh, canary, guard, --every, 1m, --no-input]
`;
