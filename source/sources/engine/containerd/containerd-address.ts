import { FathomError } from '../../../errors.ts';
import type { SourceInput } from '../../image-source.ts';

/** Where containerd listens, and the namespace in it. */
export interface ContainerdAddress {
	readonly socketPath: string;
	readonly namespace: string;
	/** `containerd at unix:///run/containerd/containerd.sock`. */
	readonly label: string;
}

const DEFAULT_SOCKET = '/run/containerd/containerd.sock';
const DEFAULT_NAMESPACE = 'default';

/** Letters and digits, with single `.`, `_` or `-` in between (containerd, identifiers.go). */
const namespacePattern = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/** The address that the flags, the environment and containerd's defaults give. Throws `usage`. */
export function containerdAddress({ host, access }: Pick<SourceInput, 'host' | 'access'>): ContainerdAddress {
	const { CONTAINERD_ADDRESS, CONTAINERD_NAMESPACE } = host.environment;
	const socketPath = (CONTAINERD_ADDRESS || DEFAULT_SOCKET).replace(/^unix:\/\//, '');
	const namespace = access.namespace || CONTAINERD_NAMESPACE || DEFAULT_NAMESPACE;
	if (!namespacePattern.test(namespace) || namespace.length > 76) {
		throw new FathomError({
			code: 'usage',
			message: `"${namespace.slice(0, 100)}" is not a valid containerd namespace.`,
			hint: 'List the namespaces with: ctr namespaces ls',
		});
	}
	return { socketPath, namespace, label: `containerd at unix://${socketPath}` };
}
