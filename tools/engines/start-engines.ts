import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Daemon } from './daemon.ts';
import { unmountBelow } from './mounts.ts';

/** Engines that run. */
export interface Engines {
	/** The variables that lead to them. */
	readonly environment: Readonly<Record<string, string>>;
	/** Ends them and removes all that they wrote. May be called again. */
	readonly stop: () => void;
}

// The path of a socket may have 107 bytes, and containerd's are deep below this.
const PARENT = '/tmp';

/** Starts all of them, and waits until they answer. Throws with the log of the one that does not. */
export async function startEngines(): Promise<Engines> {
	const folder = mkdtempSync(join(PARENT, 'fe-'));
	const daemons: Daemon[] = [];
	const stop = (): void => {
		for (const daemon of daemons.splice(0).reverse()) daemon.stop();
		unmountBelow(folder);
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		for (const name of ['run', 'config', 'home', 'docker-config']) mkdirSync(join(folder, name));
		// Podman insists on the file where the variable names its folder.
		writeFileSync(join(folder, 'docker-config/config.json'), '{}');
		const environment = { ...storage(folder, 'overlay'), ...privateFolders(folder) };
		const registry = await startRegistry(folder, daemons);
		await startDocker(folder, daemons);
		await startPodman(folder, daemons, environment);
		return { environment: { ...environment, ...addresses(folder), REGISTRY: registry }, stop };
	} catch (error) {
		stop();
		throw error;
	}
}

function addresses(folder: string): Readonly<Record<string, string>> {
	return {
		DOCKER_HOST: `unix://${folder}/docker.sock`,
		CONTAINER_HOST: `unix://${folder}/podman.sock`,
		CONTAINERD_ADDRESS: `${folder}/x/containerd/containerd.sock`,
	};
}

/** So that nothing of whoever runs this is used or changed. */
function privateFolders(folder: string): Readonly<Record<string, string>> {
	return {
		HOME: join(folder, 'home'),
		XDG_CONFIG_HOME: join(folder, 'config'),
		XDG_CACHE_HOME: join(folder, 'cache'),
		XDG_RUNTIME_DIR: join(folder, 'run'),
		DOCKER_CONFIG: join(folder, 'docker-config'),
	};
}

/** Podman's store, for its service and its program alike. */
function storage(folder: string, driver: string): { readonly CONTAINERS_STORAGE_CONF: string } {
	const path = join(folder, 'storage.conf');
	const lines = [
		'[storage]',
		`driver = "${driver}"`,
		`graphroot = "${folder}/podman"`,
		`runroot = "${folder}/podman-run"`,
	];
	writeFileSync(path, `${lines.join('\n')}\n`);
	return { CONTAINERS_STORAGE_CONF: path };
}

async function startDocker(folder: string, daemons: Daemon[]): Promise<void> {
	const start = (driver: string): Daemon =>
		new Daemon(folder, 'dockerd', [
			...['--data-root', `${folder}/docker`, '--exec-root', `${folder}/x`, '-p', `${folder}/dockerd.pid`],
			...['-H', `unix://${folder}/docker.sock`, '--iptables=false', '--ip6tables=false', '--bridge=none'],
			`--storage-driver=${driver}`,
		]);
	const socket = join(folder, 'docker.sock');
	for (const driver of ['overlay2', 'vfs']) {
		const daemon = start(driver);
		daemons.push(daemon);
		if (await daemon.answersAt(socket, '/_ping')) return;
		if (driver === 'vfs') throw new Error(`dockerd does not start:\n${daemon.log()}`);
		daemon.stop();
		rmSync(join(folder, 'docker'), { recursive: true, force: true });
	}
}

async function startPodman(
	folder: string,
	daemons: Daemon[],
	environment: Readonly<Record<string, string>>,
): Promise<void> {
	const socket = join(folder, 'podman.sock');
	for (const driver of ['overlay', 'vfs']) {
		storage(folder, driver);
		const daemon = new Daemon(
			folder,
			'podman',
			// Docker's own runtime, which also works where crun does not know the layout of cgroups.
			['--runtime=runc', '--cgroup-manager=cgroupfs', 'system', 'service', '--time=0', `unix://${socket}`],
			environment,
		);
		daemons.push(daemon);
		if (await daemon.answersAt(socket, '/_ping')) return;
		if (driver === 'vfs') throw new Error(`podman does not start:\n${daemon.log()}`);
		daemon.stop();
		rmSync(join(folder, 'podman'), { recursive: true, force: true });
	}
}

/** Gives its host and port. */
async function startRegistry(folder: string, daemons: Daemon[]): Promise<string> {
	const port = await freePort();
	const config = join(folder, 'registry.yml');
	writeFileSync(
		config,
		[
			'version: 0.1',
			`storage: {filesystem: {rootdirectory: ${folder}/registry}, delete: {enabled: true}}`,
			`http: {addr: 127.0.0.1:${port}}`,
			'',
		].join('\n'),
	);
	const daemon = new Daemon(folder, 'docker-registry', ['serve', config]);
	daemons.push(daemon);
	if (!(await daemon.answersAt(port, '/v2/')))
		throw new Error(`docker-registry does not start:\n${daemon.log()}`);
	return `127.0.0.1:${port}`;
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = address !== null && typeof address === 'object' ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
