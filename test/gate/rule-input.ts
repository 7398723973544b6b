import { baselineOf } from '../../source/commands/related/image-baseline.ts';
import type { RuleInput } from '../../source/gate/rule.ts';
import { needsOfRules } from '../../source/gate/rules.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import type { TarEntry } from '../support/archives/tar-entry.ts';
import { loadLayers } from '../support/load-layers.ts';

export type Layers = readonly (readonly TarEntry[])[];

/** An image of these layers, as `fathom ci` hands it to the rules, after an image of other layers if any are given. */
export async function ruleInputOf(layers: Layers, before?: Layers): Promise<RuleInput> {
	return inputOfSession(await loadLayers(layers), before && (await loadLayers(before)));
}

/** The same of images that were opened. */
export async function inputOfSession(session: ImageSession, before?: ImageSession): Promise<RuleInput> {
	const { tree, figures } = session;
	const answers = await session.ask(needsOfRules());
	const baseline =
		before === undefined
			? null
			: baselineOf({ name: 'before', origin: 'image', reference: 'before' }, before);
	return {
		tree,
		figures,
		layers: session.image.description.layers,
		answers,
		findings: { list: [], withContents: false },
		baseline,
		matches: new Map(),
	};
}
