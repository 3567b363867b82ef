/** The time between two looks at something that changes; never a wait for its own sake. */
export function nextLook(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
