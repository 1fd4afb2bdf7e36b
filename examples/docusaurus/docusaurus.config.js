export default {
  title: 'Gatehouse',
  url: 'https://gatehouse.example',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  // With a baseUrl, it stands in front.
  scripts: [{ src: '/second-look/second-look.js', type: 'module' }],
  presets: [
    ['classic', { docs: { routeBasePath: '/' }, blog: false, theme: { customCss: './src/css/search.css' } }],
  ],
  themeConfig: {
    navbar: { title: 'Gatehouse', items: [{ type: 'doc', docId: 'rules', label: 'Rules' }] },
    colorMode: { respectPrefersColorScheme: true },
  },
};
