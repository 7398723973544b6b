/** The variables that lead to the engines, and to their programs. */
export function engineEnvironment(): Record<string, string> {
	const names = [
		...['DOCKER_HOST', 'CONTAINER_HOST', 'CONTAINERD_ADDRESS', 'CONTAINERS_STORAGE_CONF'],
		...['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'DOCKER_CONFIG'],
	];
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

/** One of the variables. Throws where the engines were not started by `npm run test:engines`. */
export function engineVariable(name: string): string {
	const value = process.env[name];
	if (value === undefined) throw new Error(`${name} is not set: run this by npm run test:engines.`);
	return value;
}
