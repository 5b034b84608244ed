import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/core/span.js';
import { printFile } from '../../src/ir/printer.js';
import { lowered, outdent } from './lowered.js';

/** The texts that the calls of a file span. */
function importsOf(text: string, path: string): string[] {
  const file = lowered(text, path);
  return file.specifiers.map(
    ({ start, end }) => `${new LineIndex(text).position(start).line} ${text.slice(start, end)}`,
  );
}

describe('Vue', () => {
  const text = `<template>
  <p v-if="a < b">{{ it's }}</p>
</template>
<script lang="ts">
import { a } from './a';
export default { name: 'X' };
</script>
<script setup lang="ts" generic="T extends Record<string, 'x'>">
import b from './b';
const user = defineProps<{ user: User }>() as Props;
</script>
<script type="application/json">{ "no": script }</script>
<style>p::after { content: "'" }</style>
`;

  it('lowers all scripts as one module, at their places', () => {
    expect(importsOf(text, 'X.vue')).toEqual(["5 './a'", "9 './b'"]);
    expect(lowered(text, 'X.vue').lines).toBe(14);
  });

  it('takes plain scripts as JavaScript', () => {
    const file = lowered('<script>\nexport default { data: () => f(a < b > (c)) }\n</script>', 'X.vue');
    expect(outdent(printFile(file))).toContain('arrow default.data()');
  });
});

describe('Svelte', () => {
  it('lowers module and instance scripts', () => {
    const text = `<script context="module" lang="ts">
  import { a } from './a';
</script>

<script lang="ts">
  export let user: User;
  $: name = user.name;
  import b from './b';
</script>
<h1 on:click={() => b(name)}>{user.name}</h1>`;
    expect(importsOf(text, 'X.svelte')).toEqual(["2 './a'", "8 './b'"]);
  });
});

describe('Astro', () => {
  it('lowers frontmatter and scripts', () => {
    const text = `---
import Layout from './Layout.astro';
const { id } = Astro.params;
if (!id) return Astro.redirect('/');
---
<Layout title={id}><h1>{id}</h1></Layout>
<script>
  import { track } from './track';
  const id = track();
</script>`;
    expect(importsOf(text, 'X.astro')).toEqual(["2 './Layout.astro'", "8 './track'"]);
  });

  it('needs no frontmatter', () => {
    expect(importsOf("<p>---</p>\n<script>import './a';</script>", 'X.astro')).toEqual(["2 './a'"]);
  });
});
