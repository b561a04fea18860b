/** JSON that our code made, whose shape a test knows. */
export type Loose = ReturnType<typeof JSON.parse>;
