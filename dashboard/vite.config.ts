import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { contentSecurityPolicy } from './content-security-policy.ts';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * A page that is built for a project contains the policy, whatever host serves it. Otherwise only
 * the server knows the project: the local stack's sends the policy as a header.
 */
function policyInPage(): Plugin {
  const { VITE_SUPABASE_URL: supabaseUrl } = process.env;
  return {
    name: 'content-security-policy',
    transformIndexHtml: {
      order: 'post',
      handler: () =>
        supabaseUrl
          ? [{
            tag: 'meta',
            attrs: {
              'http-equiv': 'Content-Security-Policy',
              content: contentSecurityPolicy(supabaseUrl),
            },
            injectTo: 'head-prepend' as const,
          }]
          : [],
    },
  };
}

export default defineConfig({
  root,
  // Relative, so that the page works in any folder.
  base: './',
  plugins: [policyInPage()],
  resolve: {
    alias: {
      '@supabase/realtime-js': join(root, 'stand-ins', 'realtime.ts'),
      '@supabase/storage-js': join(root, 'stand-ins', 'storage.ts'),
      'grapheme-splitter': join(root, 'stand-ins', 'grapheme-splitter.ts'),
    },
  },
  build: {
    target: 'es2022',
    // The policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    // The page of a client's link is in a folder of its own, at an address that fits into an SMS.
    rollupOptions: { input: [join(root, 'index.html'), join(root, 'c', 'index.html')] },
  },
});
