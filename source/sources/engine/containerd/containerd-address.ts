import { FathomError } from '../../../errors.ts';
import type { SourceInput } from '../../image-source.ts';

/** Where containerd listens, and which of its namespaces is meant. */
export interface ContainerdAddress {
	/** The path of its socket. */
	readonly address: string;
	readonly namespace: string;
	/** `containerd at unix:///run/containerd/containerd.sock`. */
	readonly label: string;
}

const USUAL_ADDRESS = '/run/containerd/containerd.sock';
const USUAL_NAMESPACE = 'default';

/** The namespaces of containerd: `[A-Za-z0-9]` with single `.`, `_` or `-` between (containerd, identifiers.go). */
const namespacePattern = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/** The place that the flags, the environment and custom name. Throws `usage`. */
export function containerdAddress({ host, access }: SourceInput): ContainerdAddress {
	const { CONTAINERD_ADDRESS, CONTAINERD_NAMESPACE } = host.environment;
	const address = (CONTAINERD_ADDRESS || USUAL_ADDRESS).replace(/^unix:\/\//, '');
	const namespace = access.namespace || CONTAINERD_NAMESPACE || USUAL_NAMESPACE;
	if (!namespacePattern.test(namespace) || namespace.length > 76) {
		throw new FathomError({
			code: 'usage',
			message: `"${namespace.slice(0, 100)}" is no namespace of containerd.`,
			hint: 'See those that there are with: ctr namespaces ls',
		});
	}
	return { address, namespace, label: `containerd at unix://${address}` };
}
