/** One place of an OpenAPI 3.1 document that 3.0 says in another way, or cannot say. */
export type Change = {
  /** JSON pointer into the 3.1 document, of the object that holds the keyword. */
  pointer: string;
  keyword: string;
  /** What was done about it, in the past tense. */
  done: string;
  /** Whether something that the 3.1 document demands or tells is not in the 3.0 document. */
  isLoss: boolean;
};

export type Note = (change: Omit<Change, 'pointer'>) => void;
