/** Where some patterns stand after a few components of a path. */
export interface PatternPoint {
	readonly names: Map<string, PatternPoint>;
	readonly shapes: { readonly shape: NameShape; readonly next: PatternPoint }[];
	/** The rule whose pattern is complete here; null for none. */
	rule: number | null;
}

/** Names that a component with a wildcard stands for. */
interface NameShape {
	readonly prefix: string;
	readonly suffix: string;
	readonly isNumber: boolean;
}

/** Patterns of many rules, to be followed component by component from a folder to what is in it. */
export interface PathPatterns {
	/** Where those stand that begin in the root. */
	readonly root: PatternPoint;
	/** Where those stand in every folder that may begin in any. */
	readonly anywhere: PatternPoint;
}

/**
 * Patterns by rule. A component is a name, or has one wildcard: `*` at its beginning or end stands for any characters, `#` at its end for digits. A
 * lone `*` is a name that begins neither with a dot nor with `@`.
 */
export function compilePatterns(rules: readonly (readonly string[])[]): PathPatterns {
	const patterns: PathPatterns = { root: newPoint(), anywhere: newPoint() };
	for (const [rule, paths] of rules.entries())
		for (const path of paths) {
			if (path.startsWith('/')) add(patterns.root, path.slice(1), rule);
			else if (path.startsWith('~/'))
				for (const home of ['root', 'home/*']) add(patterns.root, `${home}/${path.slice(2)}`, rule);
			else add(patterns.anywhere, path, rule);
		}
	return patterns;
}

/** The points that a name leads to, from those of its folder. */
export function pointsOf(points: readonly PatternPoint[], name: string): readonly PatternPoint[] {
	const reached: PatternPoint[] = [];
	for (const point of points) {
		const named = point.names.get(name);
		if (named !== undefined) reached.push(named);
		for (const { shape, next } of point.shapes) if (fits(shape, name)) reached.push(next);
	}
	return reached;
}

function newPoint(): PatternPoint {
	return { names: new Map(), shapes: [], rule: null };
}

function add(from: PatternPoint, path: string, rule: number): void {
	let point = from;
	for (const component of path.split('/')) point = nextPoint(point, component);
	point.rule ??= rule;
}

function nextPoint(point: PatternPoint, component: string): PatternPoint {
	const shape = shapeOf(component);
	const known = shape === null ? point.names.get(component) : shapePoint(point, shape);
	if (known !== undefined) return known;
	const next = newPoint();
	if (shape === null) point.names.set(component, next);
	else point.shapes.push({ shape, next });
	return next;
}

function shapePoint({ shapes }: PatternPoint, shape: NameShape): PatternPoint | undefined {
	return shapes.find(({ shape: other }) => other.prefix === shape.prefix && other.suffix === shape.suffix)
		?.next;
}

function shapeOf(component: string): NameShape | null {
	if (component.endsWith('#')) return { prefix: component.slice(0, -1), suffix: '', isNumber: true };
	if (component.startsWith('*')) return { prefix: '', suffix: component.slice(1), isNumber: false };
	return component.endsWith('*') ? { prefix: component.slice(0, -1), suffix: '', isNumber: false } : null;
}

function fits({ prefix, suffix, isNumber }: NameShape, name: string): boolean {
	if (prefix === '' && suffix === '') return name[0] !== '.' && name[0] !== '@';
	if (name.length <= prefix.length + suffix.length) return false;
	if (!name.endsWith(suffix) || !name.startsWith(prefix)) return false;
	return !isNumber || /^\d+$/.test(name.slice(prefix.length));
}
