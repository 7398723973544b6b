import { z } from 'zod';
import type { Rule } from '../gate/rule.ts';
import { forEachRule } from '../gate/rules.ts';
import { type Parsed, parseLimit } from './limits.ts';
import { parseLayerCount, parsePlatformText } from './named-values.ts';

/**
 * What fathom.yaml may hold. The message of each issue is what was expected there; whoever reports it adds the file, the line and
 * what was found.
 */
export const configSchema = z.strictObject(
	{
		base: scalar(parseLayerCount).optional(),
		platform: scalar(parsePlatformText).optional(),
		image: z.string('the name of an image').optional(),
		verify: z.boolean('true or false').optional(),
		rules: z.strictObject(forEachRule(limitSchema), 'rules with their limits').nullish(),
	},
	'settings such as base, platform or rules',
);

function limitSchema({ unit }: Rule) {
	return scalar((text) => parseLimit(unit, text)).optional();
}

/** A number or text, read as the flags are. `false` is how `off` arrives from writers of YAML 1.1. */
function scalar<Value>(parse: (text: string) => Parsed<Value>) {
	return z.unknown().transform((value, context) => {
		const isScalar = typeof value === 'string' || typeof value === 'number' || value === false;
		const parsed = parse(isScalar ? String(value === false ? 'off' : value) : '');
		if (parsed.ok) return parsed.value;
		context.addIssue({ code: 'custom', message: parsed.expected });
		return z.NEVER;
	});
}
