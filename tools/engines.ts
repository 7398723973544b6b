import { spawn, spawnSync } from 'node:child_process';
import { startEngines } from './engines/start-engines.ts';

// node tools/engines.ts PROGRAM [ARGUMENT...]: starts Docker Engine with its containerd, Podman's API and a registry, all private to a
// temporary folder and reached by sockets in it and by loopback alone, runs the program with the variables that lead there, and stops and
// removes everything whatever happens. For Linux, as root; Debian has what is needed in the packages that `needed` names.

const needed: Readonly<Record<string, string>> = {
	dockerd: 'docker.io',
	containerd: 'containerd',
	ctr: 'containerd',
	podman: 'podman',
	crun: 'crun',
	runc: 'runc',
	'docker-registry': 'docker-registry',
	skopeo: 'skopeo',
};

const [program, ...options] = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
	if (program === undefined) return refuse('name the program to run with the engines.');
	if (process.platform !== 'linux' || process.getuid?.() !== 0) return refuse('it takes Linux, and root.');
	const absent = Object.keys(needed).filter(
		(name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
	);
	if (absent.length > 0) {
		const packages = [...new Set(absent.map((name) => needed[name]))].join(' ');
		return refuse(
			`not installed: ${absent.join(', ')}. On Debian: apt-get install --no-install-recommends ${packages}`,
		);
	}
	const engines = await startEngines();
	const stop = (): void => engines.stop();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.once(signal, () => {
			stop();
			process.exit(1);
		});
	process.once('exit', stop);
	try {
		return await run(program, options, { ...process.env, ...engines.environment });
	} finally {
		stop();
	}
}

function refuse(why: string): number {
	console.error(`engines: ${why}`);
	return 2;
}

function run(name: string, given: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(name, given, { env, stdio: 'inherit' });
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}
