/** A fictitious board for demonstrations: what domain.md knows of Lodi, marked as an example. */
export async function fillDemonstration() {}
