import type { PackageType } from '../../../facts/packages/package-facts.ts';

/** Compilers, linkers and what drives them, as Debian, Alpine and Red Hat name the packages; a version may follow. */
const programs = new Set(
	(
		'gcc g++ gcc-c++ gfortran gcc-gfortran cpp gdc gnat gobjc clang llvm lld rustc rust cargo go ghc nasm yasm ' +
		'binutils make cmake ninja ninja-build samurai meson autoconf automake libtool libtool-bin bison flex m4 gettext-dev ' +
		'pkg-config pkgconf pkgconfig patchelf swig valac build-base build-essential alpine-sdk abuild fortify-headers linux-headers kernel-headers ' +
		'glibc-headers dpkg-dev rpm-build scons bazel gradle maven ant cython cython3'
	).split(' '),
);

/** `openjdk-17-jdk-headless` and `openjdk17-jdk`; of Red Hat `java-17-openjdk-devel`. */
const jdk = /^(?:openjdk-?\d+-jdk(?:-headless)?|default-jdk(?:-headless)?)$/;

/** `golang`, `golang-go` and `golang-1.19-src`. */
const go = /^golang(?:-\d[\d.]*)?(?:-go|-src)?$/;

/** No distribution has longer names. */
const LONGEST = 200;

/** Whether a package of a distribution is only needed to compile something: compilers and their drivers, headers and `-dev` packages. */
export function isBuildTool(type: PackageType, name: string): boolean {
	if ((type !== 'deb' && type !== 'apk' && type !== 'rpm') || name.length > LONGEST) return false;
	if (type === 'apk' && isBuildGroup(name)) return true;
	return isHeaders(name) || jdk.test(name) || go.test(name) || programs.has(withoutVersion(name));
}

/**
 * Whether what such a package needs is for what is compiled as well: the libraries that its headers are of, and the runtime of Java. Of the
 * compilers' own headers it is not.
 */
export function needsRuntime(name: string): boolean {
	return (
		jdk.test(name) || (isHeaders(name) && !/^(?:libgcc|libstdc\+\+|libgfortran|libobjc|dpkg)-/.test(name))
	);
}

function isHeaders(name: string): boolean {
	return /-(?:dev|devel|headers)$/.test(name);
}

/** `apk add --virtual .build-deps`: a package without files that needs what was asked for together. */
function isBuildGroup(name: string): boolean {
	return /^\.[\w.-]*(?:build|fetch|dev|compile)/.test(name);
}

/** `gcc` for `gcc-12` and for `gcc-12-x86-64-linux-gnu`. */
function withoutVersion(name: string): string {
	return name
		.replace(/-?\d+(?:\.\d+)*(?:-(?:x86-64|aarch64|arm)-linux-gnu\w*)?$/, '')
		.replace(/-(?:x86-64|aarch64|arm)-linux-gnu\w*$/, '');
}
