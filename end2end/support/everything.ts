/** A container that says something in every section of the form. */
function everywhere(name: string): object {
  return {
    name,
    image: "nginx:1.27",
    essential: true,
    cpu: 64,
    memory: 256,
    memoryReservation: 128,
    portMappings: [{ containerPort: 80, protocol: "tcp", name: `${name}-http`, appProtocol: "http" }],
    environment: [{ name: "LEVEL", value: "info" }, { name: "DB_PASSWORD", value: "hunter22" }],
    secrets: [{ name: "TOKEN", valueFrom: "/shop/token" }],
    environmentFiles: [{ type: "s3", value: "arn:aws:s3:::shop/app.env" }],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/shop", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": name, mode: "non-blocking", other: "x" },
      secretOptions: [{ name: "some", valueFrom: "/shop/other" }],
    },
    entryPoint: ["/entry.sh"],
    command: ["nginx", "-g", "daemon off;"],
    workingDirectory: "/srv",
    healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
    startTimeout: 60,
    stopTimeout: 30,
    restartPolicy: { enabled: true, ignoredExitCodes: [143], restartAttemptPeriod: 60 },
    mountPoints: [{ sourceVolume: "data", containerPath: "/data", readOnly: true }],
    volumesFrom: [{ sourceContainer: "db", readOnly: true }],
    extraHosts: [{ hostname: "db", ipAddress: "10.0.0.2" }],
    repositoryCredentials: { credentialsParameter: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hub" },
    linuxParameters: {
      capabilities: { add: ["SYS_PTRACE"], drop: ["CHOWN"] },
      initProcessEnabled: true,
      tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["noexec"] }],
      devices: [{ hostPath: "/dev/null", containerPath: "/dev/x", permissions: ["read"] }],
    },
    ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
    systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
    resourceRequirements: [{ type: "GPU", value: "1" }],
    user: "1000",
    readonlyRootFilesystem: true,
    dockerSecurityOptions: ["no-new-privileges"],
    dockerLabels: { team: "shop" },
  };
}

/** A document with something in every section, findings of each weight, and more containers than fit the eye. */
export function everySection(): { containerDefinitions: object[] } & Record<string, unknown> {
  const { portMappings: _, ...db } = everywhere("db") as { portMappings: unknown };
  return {
    family: "shop",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "4096",
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    ephemeralStorage: { sizeInGiB: 30 },
    executionRoleArn: "arn:aws:iam::123456789012:role/execution",
    taskRoleArn: "arn:aws:iam::123456789012:role/task",
    pidMode: "task",
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
    proxyConfiguration: { type: "APPMESH", containerName: "app", properties: [{ name: "IgnoredUID", value: "1337" }] },
    newMember: { kept: true },
    containerDefinitions: [
      { ...everywhere("app"), dependsOn: [{ containerName: "db", condition: "HEALTHY" }], newMember: 1 },
      db,
      { name: "log-router", image: "amazon/aws-for-fluent-bit:stable", firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } } },
      { name: "bad name", image: "", essential: false, portMappings: [{ containerPort: 53 }, { containerPort: 53, protocol: "udp" }] },
    ],
    volumes: [
      { name: "data", efsVolumeConfiguration: { fileSystemId: "fs-0123456789abcdef0", transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-0123456789abcdef0", iam: "ENABLED" } } },
      { name: "plain" },
      { name: "docker", dockerVolumeConfiguration: { scope: "shared", driver: "local", driverOpts: { a: "b" }, labels: { c: "d" } } },
    ],
    tags: [{ key: "team", value: "shop" }],
  };
}
