// What an import really says of files, areas, coordinates and itself, and the Chinese of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentenceIn } from './admin/reasons.ts';

const SENTENCES: readonly (readonly [string, string])[] = [
  [
    '1.12 km² of 97, 100.0 % of it, lie outside 91; draw the area again, or name the parent it lies in',
    '97 有 1.12 平方公里（占其 100.0%）在 91 之外；请重画该区域，或填写它所在的上级',
  ],
  [
    '1.12 km², 100.0 % of 91, are in no area; beside no area; give it to one of its neighbours, or to an area of its own',
    '1.12 平方公里（占 91 的 100.0%）不在任何区域内；相邻的是（无）；请归入相邻的区域，或单独成为区域',
  ],
  [
    '107.17 km², 95.5 % of 9, are in no area; beside 9r, 93, 92 and 91; give it to one of its neighbours, or to an area of its own',
    '107.17 平方公里（占 9 的 95.5%）不在任何区域内；相邻的是 9r、93、92 和 91；请归入相邻的区域，或单独成为区域',
  ],
  [
    '19 rows are refused, and 11 good ones left out because of them; mend those, or take the good ones with --partial',
    '19 行被拒绝，另外 11 行正确的也因此没有导入；请改好被拒绝的行，或只导入正确的行',
  ],
  ['70.6 % of 17 positions in a grid', '17 个位置中 70.6% 在网格内'],
  ['9l: rings that crossed or touched were taken apart; it loses 44,885 m²', '9l：拆开相交或相接的环；面积减少 44,885 平方米'],
  ['9n: rings that crossed or touched were taken apart; it gains 11,224 m²', '9n：拆开相交或相接的环；面积增加 11,224 平方米'],
  [
    'nobody said which coordinate system the file is in, and its numbers cannot tell; say --crs crs84 or --crs bd09 or --crs gcj02, whichever it is',
    '文件没有说明坐标系，从数据也分辨不出；请选择 crs84、bd09 或 gcj02',
  ],
  [
    'rows that are not in the files are never deleted; record a visit with `demolished` or `moved` where a door is gone',
    '文件中没有的数据从不删除；户已不在的，请登记一次结果为 `demolished`（已拆除）或 `moved`（已搬走）的走访',
  ],
  [
    "whether the coordinates are in WGS 84, longitude first (crs84) cannot be told: bd09 fits about as well: 5.9 % of 17 positions in a grid, 70.6 % as given; more positions, buildings, blocks or a column with the grid's code would tell",
    '无法断定坐标是否为 WGS-84 经度在前 · crs84：bd09 同样相符：17 个位置中 5.9% 在网格内，照原样为 70.6%；有更多位置、建筑、小区/街块，或有一列网格编码，就能断定',
  ],
  ['0.0 % of 11 positions in a grid, 0 of 10 in the area their row states', '11 个位置中 0.0% 在网格内，写明区域的 10 个中 0 个在该区域内'],
  [
    '1 corner of 350699004 on the border of 350699003, which has none there; --repair 1 gives it these corners',
    '350699004 的 1 个角点在 350699003 的边界上，而后者在那里没有角点；按 1 米修复会补上这些角点',
  ],
  [
    '1 subdistrict code not of 9 digits, as most of this level and the national scheme are: 3507; give them 9 digits, those of their parent first',
    '1 个街道编码不是 9 位数字，而同级的多数编码和国家编码规则是：3507；请改为 9 位数字，以上级的编码开头',
  ],
  [
    '1 subdistrict code without the code of its parent at the beginning: 350700001; name the parent the code says, or give the area a code of its parent',
    '1 个街道编码的开头不是上级的编码：350700001；请填写编码所示的上级，或改用以上级编码开头的编码',
  ],
  [
    '2 corners of 350699001 beside 350699002, at most 0.20 m off its border; --repair 1 moves them onto it',
    '350699001 的 2 个角点在 350699002 旁边，离其边界最多 0.20 米；按 1 米修复会把角点移到边界上',
  ],
  [
    '2,258 m², less than 0.1 % of 350699, are in no area; beside 350699001 and 350699002; give it to one of its neighbours, or to an area of its own',
    '2,258 平方米（占 350699 的不到 0.1%）不在任何区域内；相邻的是 350699001 和 350699002；请归入相邻的区域，或单独成为区域',
  ],
  [
    '3,386 m² of 350699006, less than 0.1 % of it, lie outside 350699; draw the area again, or name the parent it lies in',
    '350699006 有 3,386 平方米（占其不到 0.1%）在 350699 之外；请重画该区域，或填写它所在的上级',
  ],
  [
    '350699006 and 350699007 both have 22.45 km², 100.0 % of 350699006; decide which of the two it belongs to and draw their border again',
    '350699006 和 350699007 都占有 22.45 平方公里，为 350699006 的 100.0%；请确定归哪一方，并重画两者的边界',
  ],
  [
    '350699006 and 350699007 have the very same outline of 22.45 km²; keep one, and give the others their own outline or a last day',
    '350699006 和 350699007 的边界完全相同，面积 22.45 平方公里；请保留一个，其余的另画边界或填写结束日期',
  ],
  [
    '4 subdistricts changed within 0.5 m, 10 corners in all, no border by more than 0.20 m; corners inserted that a neighbour has of 4',
    '在 0.5 米以内修改了 4 个街道，共 10 个角点，边界移动均不超过 0.20 米；补上相邻边界的角点（4 个）',
  ],
  ['every row is refused', '每一行都被拒绝'],
  [
    'how Xian 1980 / 3-degree Gauss-Kruger CM 108E lies to WGS-84 is not known here, so positions may be off by up to 900 m; transform the file to EPSG:4490 or EPSG:4326 first',
    '这里不知道 Xian 1980 / 3-degree Gauss-Kruger CM 108E 与 WGS-84 的关系，位置误差可达 900 米；请先把文件转换为 EPSG:4490 或 EPSG:4326',
  ],
  [
    'no column is taken for id: it is made of place, building, stair and door, so a row whose address changes is a new one',
    '没有编号列：编号由小区/街路、楼栋、单元和室号组成，因此地址变了的行会成为新的一户',
  ],
  ['not taken, because names and numbers of people do not come in this way: "电话"', '没有导入，因为不接收姓名和个人号码："电话"'],
  [
    'numbers such as [117650.27389899999, 245116.84563999998] are no degrees, as crs84 has them, but look like metres; name their system, such as --crs 4548 or --crs 3857',
    '[117650.27389899999, 245116.84563999998] 这样的数不是 crs84 所用的度，像是米；请选择其坐标系，如 EPSG:4548 或 EPSG:3857',
  ],
  [
    'numbers such as [117650.27389899999, 245116.84563999998] are no degrees, as crs84 has them, but look like metres; name their system, such as --crs 4548 or --crs 3857; --trust-crs if the coordinates are right as they are',
    '[117650.27389899999, 245116.84563999998] 这样的数不是 crs84 所用的度，像是米；请选择其坐标系，如 EPSG:4548 或 EPSG:3857；坐标没有错的话，可照原样读取',
  ],
  ['read as EPSG:2381: none of 39 positions is within 20 km of the areas', '按 EPSG:2381 读取：39 个位置都不在区域的 20 公里以内'],
  ['read as bd09: 0.0 % of 39 positions in a grid', '按 bd09 读取：39 个位置中 0.0% 在网格内'],
  ['read as crs84 everything lies 1190 m to the east, at most 1190 m', '按 crs84 读取，所有位置向东移动 1190 米，最多 1190 米'],
  ['read as crs84: 100.0 % of 29 positions in a grid, 28 of 28 in the area their row states', '按 crs84 读取：29 个位置中 100.0% 在网格内，写明区域的 28 个中 28 个在该区域内'],
  ['read as crs84: 100.0 % of 39 positions in a grid, 0.0 % within 6 m of a border', '按 crs84 读取：39 个位置中 100.0% 在网格内，0.0% 距边界不到 6 米'],
  ['read as crs84: none of 39 positions is one', '按 crs84 读取：39 个位置都不是有效的坐标'],
  ['read as gcj02 everything lies 587 m to the north-west, at most 587 m', '按 gcj02 读取，所有位置向西北移动 587 米，最多 587 米'],
  ['say --crs crs84 to read them so, or --trust-crs to go on as given', '可按 crs84 读取；坐标没有错的话，也可照原样读取'],
  ['subdistrict 350699001 gained 2,258 m², its border moved by 0.20 m at most', '街道 350699001 增加 2,258 平方米，边界最多移动 0.20 米'],
  [
    'the coordinates fit GCJ-02 (Amap, Tencent) (gcj02), not WGS 84, longitude first (crs84) (confidence over 0.999)',
    '坐标与 GCJ-02 高德/腾讯 · gcj02 相符，而不是 WGS-84 经度在前 · crs84（把握超过 0.999）',
  ],
  [
    'the coordinates fit GCJ-02 (Amap, Tencent) (gcj02), not WGS 84, longitude first (crs84) (confidence over 0.999); say --crs gcj02, or --trust-crs if the coordinates are right as they are',
    '坐标与 GCJ-02 高德/腾讯 · gcj02 相符，而不是 WGS-84 经度在前 · crs84（把握超过 0.999）；可按 gcj02 读取；坐标没有错的话，可照原样读取',
  ],
  [
    'the coordinates fit WGS 84, latitude first (latlon), not WGS 84, longitude first (crs84) (confidence over 0.999)',
    '坐标与 WGS-84 纬度在前 · latlon 相符，而不是 WGS-84 经度在前 · crs84（把握超过 0.999）',
  ],
  [
    'the coordinates fit WGS 84, longitude first (crs84), and no other system as well: 100.0 % of 39 positions in a grid, 0.0 % within 6 m of a border',
    '坐标与 WGS-84 经度在前 · crs84 相符，别的坐标系都不如它：39 个位置中 100.0% 在网格内，0.0% 距边界不到 6 米',
  ],
  [
    'the coordinates fit WGS 84, longitude first (crs84), not BD-09 (Baidu) (bd09) (confidence over 0.999)',
    '坐标与 WGS-84 经度在前 · crs84 相符，而不是 BD-09 百度 · bd09（把握超过 0.999）',
  ],
  [
    'the coordinates fit WGS 84, longitude first (crs84), not CGCS2000 / 3-degree Gauss-Kruger CM 117E (EPSG:4548) (confidence over 0.999)',
    '坐标与 WGS-84 经度在前 · crs84 相符，而不是 CGCS2000 / 3-degree Gauss-Kruger CM 117E · EPSG:4548（把握超过 0.999）',
  ],
  [
    'the coordinates fit WGS 84, longitude first (crs84), not GCJ-02 (Amap, Tencent) (gcj02) (confidence over 0.999)',
    '坐标与 WGS-84 经度在前 · crs84 相符，而不是 GCJ-02 高德/腾讯 · gcj02（把握超过 0.999）',
  ],
  [
    'the coordinates fit WGS 84, longitude first (crs84), not Xian 1980 / 3-degree Gauss-Kruger CM 108E (EPSG:2381) (confidence over 0.999)',
    '坐标与 WGS-84 经度在前 · crs84 相符，而不是 Xian 1980 / 3-degree Gauss-Kruger CM 108E · EPSG:2381（把握超过 0.999）',
  ],
  [
    'whether the coordinates are in WGS 84, longitude first (crs84) cannot be told: only 0.0 % of the positions lie in a grid as given, and at most 0.0 % whichever way they are read; the areas may not be those of this file',
    '无法断定坐标是否为 WGS-84 经度在前 · crs84：照原样只有 0.0% 的位置在网格内，无论怎样读取最多也只有 0.0%；现有区域可能不是这份文件所在的地方',
  ],
  [
    'enc2.csv: CSV: the encoding "klingon" is not known; write utf-8, gb18030, big5 or utf-16le',
    'enc2.csv：CSV：不认识编码 "klingon"；可用 utf-8、gb18030、big5 或 utf-16le',
  ],
  ['geometry.coordinates: is an empty MultiPolygon; it must have positions', 'geometry.coordinates：是空的多面（MultiPolygon）；须有点'],
  [
    'geometry.type: is "Circle"; it must be one of Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon',
    'geometry.type：是 "Circle"；须为 Point、LineString、Polygon、MultiPoint、MultiLineString、MultiPolygon 之一',
  ],
  [
    'nocol.csv: no column says where the households are; the columns are "id", "residents". Say which with --map lon=COLUMN --map lat=COLUMN, or --map wkt=COLUMN',
    'nocol.csv：没有列说明户的位置；现有的列是 "id"、"residents"。须有经度列和纬度列，或一列几何（WKT）',
  ],
  [
    'nolat.csv: lon has a column and lat has none; the columns are "id", "lon". Say which with --map lat=COLUMN',
    'nolat.csv：有经度列而没有纬度列；现有的列是 "id"、"lon"。请在文件里写明纬度列',
  ],
  ['empty.csv: empty.csv is empty: it has 0 bytes', 'empty.csv: empty.csv 是空的：有 0 字节'],
  ['x.pdf: x.pdf is a PDF; a table or a map file is needed', 'x.pdf：x.pdf 是 PDF；须为表格或地图文件'],
];

test('findings, repairs, what was found of coordinates, and why nothing was taken are told in Chinese', () => {
  for (const [sentence, zh] of SENTENCES) assert.deepEqual(sentenceIn('zh-CN', sentence), { text: zh, language: 'zh-CN' });
});

test('nothing asks to type an option', () => {
  for (const [sentence] of SENTENCES) assert.doesNotMatch(sentenceIn('zh-CN', sentence).text, /--[a-z]/);
});
