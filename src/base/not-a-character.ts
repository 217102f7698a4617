/**
 * The class of images that show none of the characters a model knows: scribbles, parts, pairs, shapes.
 * A model that has it among its classes never answers with it; what it gives to it, its answers lack.
 */
export const NOT_A_CHARACTER = "not a character";
