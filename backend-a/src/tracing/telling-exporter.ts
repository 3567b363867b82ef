import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Tells once that spans are lost, and again only when some have arrived in between. */
export class TellingExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #onLost: (cause: string) => void;
  #isLosing = false;

  constructor(exporter: SpanExporter, onLost: (cause: string) => void) {
    this.#exporter = exporter;
    this.#onLost = onLost;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) this.#isLosing = false;
      else this.tell(causeOf(result.error));
      done(result);
    });
  }

  tell(cause: string): void {
    if (!this.#isLosing) this.#onLost(cause);
    this.#isLosing = true;
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

function causeOf(error: Error | undefined): string {
  if (!error) return 'unknown';
  const code = 'code' in error ? String(error.code) : '';
  // A failure to connect to several addresses has no message of its own.
  return [code, error.message.replace(/\s+/g, ' ')].filter(Boolean).join(' ') || error.name;
}
