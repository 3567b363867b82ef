/** One block of an event stream, what stands between two empty lines, parted into its comments and its fields. */
export type Block = {
  text: string;
  comments: string[];
  /** In the order in which they came; a line without a colon is a field without a value. */
  fields: { name: string; value: string }[];
};

/** Reads one block as the standard of server-sent events has it. */
export function readBlock(text: string): Block {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const [comments, others] = [
    lines.filter((line) => line.startsWith(':')),
    lines.filter((line) => !line.startsWith(':')),
  ];
  const fields = others.map((line) => {
    const [name = '', ...rest] = line.split(':');
    return { name, value: rest.join(':').replace(/^ /, '') };
  });
  return { text, comments, fields };
}

/** The value of a field; the lines of one that came several times. */
export function fieldOf(block: Block, name: string): string {
  return block.fields
    .filter((field) => field.name === name)
    .map((field) => field.value)
    .join('\n');
}
