/** Why a command cannot be carried out, in words for people. Nothing has been changed for it. */
export class Refusal extends Error {}
