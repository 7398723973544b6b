import type { RuleInput } from '../../source/gate/rule.ts';
import { needsOfRules } from '../../source/gate/rules.ts';
import { loadLayers } from '../support/load-layers.ts';
import type { TarEntry } from '../support/tar-entry.ts';

/** An image of these layers, as `fathom ci` hands it to the rules. */
export async function ruleInputOf(layers: readonly (readonly TarEntry[])[]): Promise<RuleInput> {
	const session = await loadLayers(layers);
	const { tree, figures } = session;
	return { tree, figures, answers: await session.ask(needsOfRules()) };
}
