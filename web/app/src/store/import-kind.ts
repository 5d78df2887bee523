// Which rows a file holds: a guess from its name and its first lines, for a person to confirm.

/** Kinds of rows, in the order a district is filled. */
export const IMPORT_KINDS = ['areas', 'households', 'roads', 'base', 'facilities', 'shops', 'staffing'] as const;

/** Kind of rows. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Words of a name. A file is called after what is in it more often than not. */
const NAMES: Readonly<Record<ImportKind, RegExp>> = {
  areas: /area|grid|communit|subdistrict|village|town|boundar|网格|社区|街道|村界|区划|辖区|边界|小区范围/i,
  households: /household|door|addr|resident|住户|户籍|门牌|房屋|地址|人口/i,
  roads: /road|street|highway|\.osm\.pbf$|道路|路网|街巷/i,
  base: /base|water|green|building|barrier|landuse|水系|绿地|建筑|围墙|底图/i,
  facilities: /facilit|hospital|market|poi|clinic|设施|医院|市场|采样点|居委会/i,
  shops: /shop|store|merchant|商户|店铺|商铺|门店/i,
  staffing: /staff|2\+n|duty|人员|力量|配置|包联/i,
};

/** Words of a header or of the first features, each with how much it says. */
const CONTENT: Readonly<Record<ImportKind, readonly (readonly [RegExp, number])[]>> = {
  areas: [
    [/"(multi)?polygon"/i, 2],
    [/"level"|\blevel\b|层级|级别/i, 2],
    [/"parent"|\bparent\b|上级/i, 2],
    [/网格编码|社区编码|区划代码/, 2],
  ],
  households: [
    [/单元|\bunit\b|\bstair\b/i, 2],
    [/楼栋|楼号|\bbuilding\b|housenumber/i, 2],
    [/房号|室号|门牌|\bdoor\b|\bflat\b/i, 2],
    [/居住人数|常住|residents/i, 3],
    [/"point"/i, 1],
  ],
  roads: [
    [/"(multi)?linestring"/i, 2],
    [/\bhighway\b|道路等级|路名|oneway/i, 3],
  ],
  base: [
    [/\bnatural\b|\blanduse\b|waterway|"class"\s*:\s*"(water|green|building|barrier|gate)"/i, 3],
    [/\b(water|green|building|barrier|gate)\b/i, 1],
  ],
  facilities: [
    [/hospital|market|community_office|measuring_point|医院|市场|居委会|测量点/i, 3],
  ],
  shops: [
    [/opening_hours|营业时间|\bhours\b/i, 4],
    [/\bcategory\b|行业|经营/i, 2],
  ],
  staffing: [
    [/grid_member|警号|badge|网格员|民警/i, 4],
    [/\brole\b|\bholder\b|角色|岗位/i, 2],
  ],
};

/** So much more than any other a kind must say to be the guess. */
const CLEAR_LEAD = 1;
const NAME_WEIGHT = 3;

/** Kind of the rows in files of these names; `head` is how the first of them begins. Undefined where nothing is clear. */
export function guessKind(names: readonly string[], head: string): ImportKind | undefined {
  const scores = IMPORT_KINDS.map((kind) => {
    const named = names.some((name) => NAMES[kind].test(name)) ? NAME_WEIGHT : 0;
    const said = CONTENT[kind].reduce((sum, [word, weight]) => sum + (word.test(head) ? weight : 0), 0);
    return { kind, score: named + said };
  }).sort((a, b) => b.score - a.score);
  const [best, next] = scores;
  if (best === undefined || best.score === 0 || best.score < (next?.score ?? 0) + CLEAR_LEAD) return undefined;
  return best.kind;
}

/** The first lines of a file as text: UTF-8, or GB18030 where it is not; empty for what is no text. */
export function headText(bytes: Uint8Array): string {
  if (bytes.subarray(0, 512).includes(0)) return '';
  try {
    // As a part of a stream: a character cut in two at the end is no reason to take the file for another encoding.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Files that belong together, such as the parts of a shapefile, under one name. */
export interface FileGroup {
  name: string;
  bytes: number;
  parts: number;
}

const SHAPEFILE_PART = /\.(shp|dbf|shx|prj|cpg|sbn|sbx|qix|shp\.xml)$/i;

/** Files as a person counts them: the parts of a shapefile are one. */
export function groupFiles(files: readonly { name: string; size: number }[]): FileGroup[] {
  const groups = new Map<string, FileGroup>();
  for (const { name, size } of files) {
    const stem = name.replace(SHAPEFILE_PART, '').toLowerCase();
    const key = SHAPEFILE_PART.test(name) ? `shp ${stem}` : name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { name, bytes: size, parts: 1 });
    else {
      group.bytes += size;
      group.parts += 1;
      if (/\.shp$/i.test(name)) group.name = name;
    }
  }
  return [...groups.values()];
}
