import { nextTick, watch, type Ref } from 'vue';

/** After a refusal the first marked field gets the focus, so that nobody has to look for it. */
export function useFocusOnError(
  form: Readonly<Ref<HTMLFormElement | null>>,
  errors: Ref<Record<string, string>>,
): void {
  watch(errors, async (now) => {
    if (Object.keys(now).length === 0) return;
    await nextTick();
    form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}
