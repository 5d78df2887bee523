// What was found between areas and of coordinates, what mends it, and what a repair did, in Chinese.

import type { Entry } from './match.ts';

/** Findings between areas, and repairs. A finding stands before what mends it. */
export const areaSentences: readonly Entry[] = [
  ['{codes:codes} have the very same outline of {land:area}', '{codes} 的边界完全相同，面积 {land}'],
  ['{one} and {other} both have {land:thin}', '{one} 和 {other} 都占有 {land}'],
  ['{one} and {other} both have {land:area}, {share:percent} of {of}', '{one} 和 {other} 都占有 {land}，为 {of} 的{share}'],
  ['{land:area} of {one}, {share:percent} of it, lie outside {parent}', '{one} 有 {land}（占其{share}）在 {parent} 之外'],
  ['{land:thin} of {one} lie outside {parent}', '{one} 有 {land} 在 {parent} 之外'],
  ['{land:area}{within:within} are in no area; beside {codes:codes}', '{land}{within}不在任何区域内；相邻的是{codes}'],
  ['{land:thin} are in no area; between {codes:codes}', '{land}，不在任何区域内；位于 {codes} 之间'],
  ['{corners:corners} beside {other}, at most {off:length} off its border', '{corners}在 {other} 旁边，离其边界最多 {off}'],
  ['{corners:corners} on the border of {other}, which has none there', '{corners}在 {other} 的边界上，而后者在那里没有角点'],
  [
    'the borders of {one} and {other} cross at least {times:number} times: too often to be measured exactly, so {left} was left out',
    '{one} 和 {other} 的边界至少交叉 {times} 次，无法精确量算，因此略去 {left}',
  ],
  ['{code} lies on or in too many others to be measured and was left out', '{code} 与太多区域重叠或相接，无法量算，因此略去'],
  ['{code} lies across areas of its level that stay: {parts:parts}', '{code} 跨越同级的现有区域：{parts}'],
  ['{times:number} rows with the code {code} would be in force together', '编码 {code} 会有 {times} 行同时有效'],
  ['{message:finding}: {named:named}', '{message}：{named}'],
  // what mends it
  ['decide which of the two it belongs to and draw their border again', '请确定归哪一方，并重画两者的边界'],
  ['draw the area again, or name the parent it lies in', '请重画该区域，或填写它所在的上级'],
  ['give it to one of its neighbours, or to an area of its own', '请归入相邻的区域，或单独成为区域'],
  ['draw it again with fewer corners', '请用较少的角点重画'],
  ['look at it on the map', '请在地图上查看'],
  ['keep one, and give the others their own outline or a last day', '请保留一个，其余的另画边界或填写结束日期'],
  ['{with:repair} leaves it to {code}', '{with}会把它留给 {code}'],
  ['{with:repair} gives it to {code}', '{with}会把它归入 {code}'],
  ['{with:repair} cuts it off', '{with}会把它切掉'],
  ['{with:repair} moves them onto it', '{with}会把角点移到边界上'],
  ['{with:repair} gives it these corners', '{with}会补上这些角点'],
  ['import the set that takes their place with the same codes, or give those an end', '请用相同编码导入替代它们的整套区域，或给它们填写结束日期'],
  ['keep one of them, or give each its first day', '请只保留一行，或给每行填写开始日期'],
  ['bring {code} in too, or name the area they lie in', '请一并导入 {code}，或填写它们所在的上级'],
  ['name the area they lie in', '请填写它们所在的上级'],
  ['write codes in ASCII letters, digits and hyphens without spaces', '编码请用半角字母、数字和连字符，不带空格'],
  ['give them {digits:number} digits, those of their parent first', '请改为 {digits} 位数字，以上级的编码开头'],
  ['name the parent the code says, or give the area a code of its parent', '请填写编码所示的上级，或改用以上级编码开头的编码'],
  ['look whether leading zeros were lost', '请检查开头的 0 是否丢失'],
  // what a repair did
  [
    '{areas:counted} changed within {metres:number} m, {corners:counted} in all, no border by more than {most:length}; {deeds:deeds}',
    '在 {metres} 米以内修改了{areas}，共 {corners}，边界移动均不超过 {most}；{deeds}',
  ],
  [
    '{level:level} {code} {verb:verb} {land:area}, its border moved by {most:length} at most',
    '{level} {code} {verb} {land}，边界最多移动 {most}',
  ],
  ['{level:level} {code} was left as it is: {why:sentence}', '{level} {code} 保持原样：{why}'],
  ['{areas:counted} more left as it is', '另有{areas}保持原样'],
  ['its area would change by {share:number} %; at most {most:number} % may', '其面积会改变 {share}%；最多允许 {most}%'],
  ['it would not be valid: {why:sentence}', '修复后会无效：{why}'],
  ['{count:number} more invalid outlines were made valid', '另有 {count} 个无效的边界已修复'],
  ['{done:doings}; {change:change}', '{done}；{change}'],
];

/** What was found of coordinates. */
export const datumSentences: readonly Entry[] = [
  ['the coordinates fit {crs:system}, and no other system as well: {found:facts}', '坐标与 {crs} 相符，别的坐标系都不如它：{found}'],
  ['whether the coordinates are in {crs:system} cannot be told: {why:sentence}', '无法断定坐标是否为 {crs}：{why}'],
  [
    'the coordinates fit {best:system}, not {given:system} (confidence {confidence:confidence})',
    '坐标与 {best} 相符，而不是 {given}（把握{confidence}）',
  ],
  ['read as {crs} everything lies {moved:moved}', '按 {crs} 读取，所有位置{moved}'],
  ['read as {crs}: {found:facts}', '按 {crs} 读取：{found}'],
  ['{crs:system} fits nearly as well: {found:facts}', '{crs} 几乎同样相符：{found}'],
  ['say --crs {crs:id} to read them so, or --trust-crs to go on as given', '可按 {crs} 读取；坐标没有错的话，也可照原样读取'],
  [
    'how {name} lies to WGS-84 is not known here, so positions may be off by up to 900 m; transform the file to EPSG:4490 or EPSG:4326 first',
    '这里不知道 {name} 与 WGS-84 的关系，位置误差可达 900 米；请先把文件转换为 EPSG:4490 或 EPSG:4326',
  ],
  ['{found:facts}', '{found}'],
  ['there are no positions to look at', '没有可以判断的位置'],
  [
    'only {share:number} % of the positions lie in a {level:level} as given, and at most {most:number} % whichever way they are read; the areas may not be those of this file',
    '照原样只有 {share}% 的位置在{level}内，无论怎样读取最多也只有 {most}%；现有区域可能不是这份文件所在的地方',
  ],
  [
    "{crs} fits about as well: {share:number} % of {count:number} positions in a {level:level}, {given:number} % as given; more positions, buildings, blocks or a column with the {of:level}'s code would tell",
    '{crs} 同样相符：{count} 个位置中 {share}% 在{level}内，照原样为 {given}%；有更多位置、建筑、小区/街块，或有一列{of}编码，就能断定',
  ],
  ['{why:sentence}, and no other reading puts them on the areas', '{why}，别的读法也不能使它们落在区域上'],
  [
    'numbers such as [{x:number}, {y:number}] are no degrees, as {given} has them, but look like metres; name their system, such as --crs 4548 or --crs 3857',
    '[{x}, {y}] 这样的数不是 {given} 所用的度，像是米；请选择其坐标系，如 EPSG:4548 或 EPSG:3857',
  ],
  [
    'numbers such as [{x:number}, {y:number}] look like degrees, while {given} has metres; --crs crs84, gcj02 or bd09 would be right',
    '[{x}, {y}] 这样的数像是度，而 {given} 用米；应选择 crs84、gcj02 或 bd09',
  ],
  [
    'in numbers such as [{x:number}, {y:number}] the second is no latitude but the first would be one; --crs {suggested} reads them that way round',
    '[{x}, {y}] 这样的数，第二个不是纬度，第一个才像；可按 {suggested} 读取，即两列互换',
  ],
  [
    'numbers such as [{x:number}, {y:number}] are no positions in {given}; --crs {suggested} has eastings like these',
    '[{x}, {y}] 这样的数不是 {given} 的坐标；{suggested} 的东坐标是这样的',
  ],
  [
    'numbers such as [{x:number}, {y:number}] are no positions in {given}: {why:sentence}',
    '[{x}, {y}] 这样的数不是 {given} 的坐标：{why}',
  ],
  ['they are off the globe', '超出了地球的范围'],
  ['they look like degrees', '像是度'],
  ['they are not finite', '不是有限的数'],
];

/** What is wrong with codes; the codes stand behind it. */
export const findingWords: readonly Entry[] = [
  ['{count:counted} in {code}, which is no larger area in force', '{count}的上级 {code} 不是现行的更大区域'],
  ['{count:counted} without an area to lie in', '{count}没有上级'],
  ['{count:counted} with spaces or full-width characters', '{count}含空格或全角字符'],
  [
    '{count:counted} not of {digits:number} digits, as most of this level and the national scheme are',
    '{count}不是 {digits} 位数字，而同级的多数编码和国家编码规则是',
  ],
  ['{count:counted} without the code of its parent at the beginning', '{count}的开头不是上级的编码'],
  [
    '{count:number} of {all:counted} of another length than the usual {usual:number} characters',
    '{all}中有 {count} 个的长度不是通常的 {usual} 个字符',
  ],
];
