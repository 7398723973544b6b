import { type EditedInstruction, isOneInstruction, runOf } from './edit-instruction.ts';
import { skeletonOf } from './shell-skeleton.ts';

const INSTALL = /(?<![\w.-])npm[ \t]+(?:ci|clean-install|i|install)(?=[\s;&|)]|$)/g;

/** What may need packages that only development does: scripts of the application, and tools by name. */
const BUILDS = new RegExp(
	[
		String.raw`(?<![\w.-])(?:npx|bunx?|yarn|pnpm|tsc|webpack|vite|rollup|esbuild|gulp|grunt|next|nuxt|ng)(?=[\s;&|)]|$)`,
		String.raw`(?<![\w.-])npm[ \t]+(?!(?:ci|clean-install|i|install|cache|config|prune)(?=[\s;&|)]|$))\S`,
		String.raw`node_modules\/\.bin\/`,
	].join('|'),
);

/** Whether an instruction may run something that is installed for development. */
export function mayBuild(text: string): boolean {
	return BUILDS.test(text);
}

/**
 * A `RUN` whose `npm ci` or `npm install` leaves out what only development needs; null where the text is none, where it installs packages by name,
 * says already what to leave out, or goes on with a build.
 */
export function withoutDevelopment(text: string): EditedInstruction | null {
	const run = text.length > 16_384 ? null : runOf(text);
	if (run === null || !isOneInstruction(text) || mayBuild(run.command)) return null;
	const skeleton = skeletonOf(run.command);
	if (skeleton === null || skeleton.match(INSTALL)?.length !== 1) return null;
	if (run.command.match(INSTALL)?.length !== 1) return null;
	const [, options] = skeleton.split(INSTALL);
	const [own] = options.split(/[;&|)\n]/);
	const words = own.split(/\s+/).filter((word) => word !== '');
	if (
		words.some(
			(word) =>
				!word.startsWith('-') || /^(?:-g|--(?:global|omit|include|production|only|prod)\b)/.test(word),
		)
	)
		return null;
	return { from: text, to: `${run.head}${run.command.replace(INSTALL, '$& --omit=dev')}` };
}
