/**
 * Prints where the program workerd is. Deno installs it from npm for this, with the configuration in this
 * folder: it takes 160 MB, which nothing else needs.
 *
 * @module
 */

// As a variable, because the project's own configuration does not know the package.
const name = "workerd";
const { default: { default: path } } = await import(name) as { default: { default: string } };
console.log(path);
