/** JSON of our own making, whose shape a test knows. */
export type Loose = ReturnType<typeof JSON.parse>;
