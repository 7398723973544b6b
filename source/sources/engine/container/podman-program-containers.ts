import { parseJson } from '../../../image/json.ts';
import type { ReadOptions, SourceInput } from '../../image-source.ts';
import { programExport } from '../export/image-export.ts';
import {
	findWithPodmanProgram,
	podmanFailure,
	podmanOutput,
	podmanVersion,
	runPodman,
} from '../podman/podman-program.ts';
import type { ContainerEngine } from './container-engine.ts';
import { parseContainer, parseContainerNames } from './inspected-container.ts';

/** The containers of Podman where it has no socket, through its program. Throws `unavailable` where that is not installed. */
export async function programContainers(
	{ host }: SourceInput,
	{ signal }: ReadOptions,
): Promise<ContainerEngine> {
	const version = await podmanVersion(host, signal);
	const label = `Podman${version === null ? '' : ` ${version}`} through the podman program`;
	return {
		label,
		program: 'podman',
		inspect: async (name, given) => {
			const result = await runPodman(host, ['container', 'inspect', '--', name], given);
			if (/no such container|no container with/i.test(result.lastError)) return null;
			if (result.exitCode !== 0) throw podmanFailure(label, result, 'podman ps --all');
			const document = parseJson(result.stdout, 'The output of podman');
			const container = parseContainer(Array.isArray(document) ? document[0] : document);
			if (container === null) throw podmanFailure(label, result, 'podman ps --all');
			return container;
		},
		names: async (given) => {
			const { stdout } = await runPodman(host, ['ps', '--all', '--format', 'json'], given);
			return parseContainerNames(parseJson(stdout, 'The output of podman'));
		},
		fileSystem: (id) =>
			programExport((given) =>
				podmanOutput(host, ['container', 'export', '--', id], {
					label,
					name: id,
					signal: given,
					opensOutput: true,
				}),
			),
		file: null,
		findImage: findWithPodmanProgram,
	};
}
