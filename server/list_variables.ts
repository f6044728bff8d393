/**
 * Prints the names of modelab's variables that are set, as JSON. Deno lets
 * nobody see which there are who may not read all of them: so that no other
 * program has to, this one may, and does nothing else.
 *
 * @module
 */

const names = Object.keys(Deno.env.toObject());
console.log(JSON.stringify(
  names.filter((name) => name.startsWith("MODELAB_")),
));
