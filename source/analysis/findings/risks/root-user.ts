import type { FileTree } from '../../../filetree/file-tree.ts';
import { nameOf } from '../../../filetree/paths.ts';
import type { RuntimeConfig } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import { isVisible } from '../../packages/path-facts.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';
import type { FindingLevel } from '../finding-level.ts';

/** The list of users: every system has it, and images of one program lack it. */
const USERS = ['etc', 'passwd'];
const NODES_A_STEP = 2048;

/** Says that a container of the image runs as root. What cannot be run as it is, and images of Windows, are left out. */
export function* findRootUser({ tree, description }: RuleInput): Steps<readonly FoundFinding[]> {
	const { config, platform } = description;
	if (platform?.os === 'windows' || commandOf(config).length === 0 || !isRoot(config.user)) return [];
	return [
		{
			code: 'runs-as-root',
			level: yield* levelOf(tree, config),
			title: config.user ? `the image runs as ${config.user}` : 'the image runs as root: it names no user',
			claim: { kind: 'nothing', nodes: [] },
			shippedIn: null,
			wastedIn: null,
			advice: {
				text: 'Name another user after the last instruction that needs root, such as USER 65532:65532. A flaw in a program that runs as root gives away all rights in the container, and often more.',
				edit: null,
			},
		},
	];
}

/** An image to build on, whose command is a shell, and one that has a program and no system do less harm as root. */
function* levelOf(tree: FileTree, config: RuntimeConfig): Steps<FindingLevel> {
	const command = commandOf(config);
	if (command.length === 1 && /(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(command[0])) return 'hint';
	return (yield* hasUsers(tree)) ? 'risk' : 'hint';
}

function* hasUsers(tree: FileTree): Steps<boolean> {
	let folder = 0;
	for (const name of USERS) {
		let child = folder + 1;
		const end = tree.subtreeEnds[folder];
		for (let count = 1; child < end && nameOf(tree, child) !== name; count++) {
			if (count % NODES_A_STEP === 0) yield;
			child = tree.subtreeEnds[child];
		}
		if (child >= end) return false;
		folder = child;
	}
	return isVisible(tree, folder);
}

function commandOf({ entrypoint, cmd }: RuntimeConfig): readonly string[] {
	return [...(entrypoint ?? []), ...(cmd ?? [])];
}

/** `USER[:GROUP]`, each by name or number; none is root (OCI image specification, config.md, "User"). */
function isRoot(user: string | null): boolean {
	return /^(?:root|0*)$/.test((user ?? '').split(':')[0].trim());
}
