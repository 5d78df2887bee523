// Refusals of rows as an import really says them, and their Chinese.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeReasonIn, reasonIn, reasonLineIn, sentenceIn } from './admin/reasons.ts';
import { sortOf } from './admin/reasons/match.ts';

const REFUSALS: readonly (readonly [string, string])[] = [
  ['residents: is "若干"; it must be a whole number from 0 to 65535', '居住人数：填的是 "若干"；须为 0 到 65535 的整数'],
  ['code: is empty; it must be text', '编码：是空的；须填写文字'],
  ['ends_on: 2026-02-01 is not after starts_on 2026-03-01', '结束日期：2026-02-01 不晚于开始日期 2026-03-01'],
  ['floor: is "x"; it must be a whole number from -32768 to 32767', '楼层：填的是 "x"；须为 -32768 到 32767 的整数'],
  ['geometry.coordinates[0][0]: has 1 number; a position is [longitude, latitude]', 'geometry.coordinates[0][0]：有 1 个数；一个点为 [经度, 纬度]'],
  [
    'geometry.coordinates[0][0][1]: is "x"; a position is [longitude, latitude], both numbers',
    'geometry.coordinates[0][0][1]：是 "x"；一个点为 [经度, 纬度]，两个都是数',
  ],
  [
    'geometry: coordinate [NaN, 24.511684564] is not finite; longitude and latitude must be numbers (the point)',
    '图形：坐标 [NaN, 24.511684564] 不是有限的数；经度和纬度须为数（该点）',
  ],
  ['geometry: is a Point; an area is a Polygon or a MultiPolygon', '图形：是点（Point）；区域须为面（Polygon 或 MultiPolygon）'],
  ['geometry: is missing; a door needs a point: longitude and latitude, WKT, or a geometry', '图形：缺失；户须有一个点：经度和纬度、WKT 或图形'],
  ['geometry: is missing; an area needs a polygon', '图形：缺失；区域须有面'],
  [
    'geometry: latitude 117.650273899 is outside -90..=90; longitude and latitude look swapped, longitude comes first (the point)',
    '图形：纬度 117.650273899 超出 -90 到 90；经度和纬度像是颠倒了，经度在前（该点）',
  ],
  ["geometry: latitude 89.5 is outside the map's -85.0511..=85.0511 (the point)", '图形：纬度 89.5 超出地图范围 -85.0511 到 85.0511（该点）'],
  ['geometry: latitude 94.57 is outside -90..=90 (polygon 0, ring 0, position 0)', '图形：纬度 94.57 超出 -90 到 90（面 0 环 0 点 0）'],
  [
    'geometry: latitude 94.57 is outside -90..=90 (polygon 0, ring 0, position 0); latitude 94.57 is outside -90..=90 (the point)',
    '图形：纬度 94.57 超出 -90 到 90（面 0 环 0 点 0）；纬度 94.57 超出 -90 到 90（该点）',
  ],
  ['geometry: longitude 217.650273899 is outside -180..=180 (the point)', '图形：经度 217.650273899 超出 -180 到 180（该点）'],
  [
    'geometry: polygon 0, ring 0 has no area; all its positions are one, or on one line, once rounded to 9 mm',
    '图形：面 0 环 0 没有面积；按 9 毫米取整后，所有点都在一处或一条直线上',
  ],
  [
    'geometry: polygon 0, ring 0 has no area; all its positions are one, or on one line, once rounded to 9 mm; the shape has no area; a polygon needs at least three positions that are not on one line',
    '图形：面 0 环 0 没有面积；按 9 毫米取整后，所有点都在一处或一条直线上；图形没有面积；一个面至少须有三个不在一条直线上的点',
  ],
  [
    'geometry: polygon 0, ring 0 is not closed: it starts at [117.6, 24.52] and ends at [117.6, 24.525]; the last position must repeat the first; made valid it would have 467690.1 m² where its rings say 280616.5 m², which differs by more than 10 %; it has to be drawn again',
    '图形：面 0 环 0 没有闭合：起点 [117.6, 24.52]，终点 [117.6, 24.525]；最后一点须与第一点相同；修复后面积为 467690.1 平方米，而原来的环为 280616.5 平方米，相差超过 10%；须重新绘制',
  ],
  ['geometry: polygon 0, ring 1 is a hole but lies outside its outer ring (ring 0); holes lie inside it', '图形：面 0 环 1 是洞，却在外环（环 0）之外；洞须在外环之内'],
  [
    'geometry: polygon 0, ring 2 is a hole inside another hole, polygon 0, ring 1; what lies in a hole is a polygon of its own',
    '图形：面 0 环 2 是洞，却在另一个洞（面 0 环 1）之内；洞里的部分须单独成面',
  ],
  ['geometry: polygon 1, ring 0 lies inside polygon 0, ring 0; the parts of a shape must not overlap', '图形：面 1 环 0 在面 0 环 0 之内；同一图形的各部分不能重叠'],
  [
    'geometry: the edges from polygon 0, ring 0, position 2 and from polygon 0, ring 0, position 0 cross near [117.6050001, 24.5250001]; rings must not cross themselves or one another',
    '图形：从面 0 环 0 点 2 和从面 0 环 0 点 0 起的两条边在 [117.6050001, 24.5250001] 附近相交；环不能与自身相交，也不能互相相交',
  ],
  [
    'geometry: the ring touches itself at [117.6250000, 24.5700000] (polygon 0, ring 0, position 3 and polygon 0, ring 0, position 0); a ring passes a position once, a hole is a ring of its own',
    '图形：环在 [117.6250000, 24.5700000] 与自身相接（面 0 环 0 点 3 和面 0 环 0 点 0）；环经过每个点只能一次，洞须单独成环',
  ],
  ['id: "3.50602E+14" was shortened by a spreadsheet; make its column text and enter it again', '编号："3.50602E+14" 被电子表格缩写了；请把这一列设为文本后重新填写'],
  [`id: "a 3" holds ' '; it must do without spaces and /\\?#%&,"'<>`, `编号："a 3" 含 ' '；不能有空格和 /\\?#%&,"'<>`],
  [
    'id: "a13" is a duplicate of row 13, which stands; this row lies 1012.9 m away, each may come once',
    '编号："a13" 与第 13 行重复，以前面的为准；本行相距 1012.9 米，每个编号只能出现一次',
  ],
  [
    'id: "a13" is a duplicate of row 13, which stands; this row says something else, each may come once',
    '编号："a13" 与第 13 行重复，以前面的为准；本行内容不同，每个编号只能出现一次',
  ],
  ['id: "a13" is a duplicate of row 13, which stands; this row says the same, each may come once', '编号："a13" 与第 13 行重复，以前面的为准；本行内容相同，每个编号只能出现一次'],
  ['id: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"… must have 1 to 64 characters', '编号："aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"… 须为 1 到 64 个字符'],
  [
    'id: is missing, and the address "1层" does not tell one door from another; give an id, or place, building and door',
    '编号：没有填，而地址 "1层" 分不出是哪一户；请填编号，或填小区/街路、楼栋和室号',
  ],
  ['kind: "villa" is none of home, rental, shop', '类型："villa" 不在可填的词里；可填 home、rental、shop'],
  ['lat: is empty while the other is there; both are needed', '纬度：没有填，而另一个坐标已填；两个都要填'],
  ['lon: "east" is not a number; it must be one, such as 117.6523', '经度："east" 不是数；须为数，如 117.6523'],
  [`parent: "9" is the area's own code`, '上级编码："9" 是该区域自己的编码'],
  ['parent: "nope" is neither in force nor among the rows taken from the files', '上级编码："nope" 既不是现行区域，也不在文件中可导入的行里'],
  ['parent: is given for a district; a district lies in no area', '上级编码：区没有上级，这里却填了'],
  [
    'parent: is missing; it must be the code of the district, as "95" has not the 9 digits of a subdistrict in the national scheme',
    '上级编码：没有填；须填所在区的编码，因为 "95" 不是国家编码规则中街道的 9 位编码',
  ],
  ['residents: is "70000"; it must be a whole number from 0 to 65535', '居住人数：填的是 "70000"；须为 0 到 65535 的整数'],
  ['row: line 18: has 5 values and the header 12', '整行：第 18 行有 5 个值，表头有 12 个'],
  ['starts_on: "2026-13-01" is not a date; write it as YYYY-MM-DD, such as 2026-03-01', '开始日期："2026-13-01" 不是日期；请写成 YYYY-MM-DD，如 2026-03-01'],
  ['class: "lava" is none of water, green, building, barrier, gate', '类别："lava" 不在可填的词里；可填 water、green、building、barrier、gate'],
  ['class: is missing; it must be water, green, building, barrier or gate', '类别：没有填；须为 water（水体）、green（绿地）、building（建筑）、barrier（围栏）或 gate（出入口）'],
  ['geometry: has 2 lines that lie apart; a barrier is one line, make each a row', '图形：有 2 条不相连的线；围栏只能是一条线，请每条单独一行'],
  ['geometry: is a LineString; a gate is a Point', '图形：是线（LineString）；出入口须为点（Point）'],
  ['geometry: is missing; water needs a polygon', '图形：缺失；水体须有面'],
  ['grid: "350602001001" is a community; staffing is of grids', '网格："350602001001" 是社区；人员只配到网格'],
  ['grid: "999" is no grid in force; bring the areas in first', '网格："999" 不是现行的网格；请先导入区域'],
  [
    'holder: looks like a name or a phone number; it must be a badge number or team code with a digit in it, such as 035012 or T17',
    '人员编号：像是姓名或电话号码；须为带数字的工号、警号或队伍编号，如 035012 或 T17',
  ],
  [
    'hours: opening hours: "25:99-26" is no time of day; times are 00:00 to 24:00, past midnight up to 48:00',
    '营业时间："25:99-26" 不是时刻；时刻为 00:00 到 24:00，过了午夜可写到 48:00',
  ],
  ['hours: opening hours: "PH" is not kept here, only days of the week and times; leave it out', '营业时间：这里不保存 "PH"，只保存星期和时间；请去掉'],
  [
    'hours: opening hours: "abc" is not understood; hours are written like Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00, 24/7 or 周一至周五 8:00-20:00',
    '营业时间：看不懂 "abc"；营业时间的写法如 Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00、24/7 或 周一至周五 8:00-20:00',
  ],
  ['hours: opening hours: 10:00 begins before the interval before it ends; intervals of a day lie apart', '营业时间：10:00 开始时前一段还没有结束；同一天的各段时间不能重叠'],
  [
    'hours: opening hours: the end of an interval is missing; hours are written like Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00, 24/7 or 周一至周五 8:00-20:00',
    '营业时间：缺少结束时刻；营业时间的写法如 Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00、24/7 或 周一至周五 8:00-20:00',
  ],
  [
    'hours: opening hours: the last day of a range is missing; hours are written like Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00, 24/7 or 周一至周五 8:00-20:00',
    '营业时间：缺少最后一天；营业时间的写法如 Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00、24/7 或 周一至周五 8:00-20:00',
  ],
  [
    'id: id "350602001001001/aaaaaaaaaaaaaaaaaaaaaaaa" of a post is not the code of its grid, / and a post of 1 to 32 characters, such as 350602001001001/police-1',
    '编号：岗位编号 "350602001001001/aaaaaaaaaaaaaaaaaaaaaaaa" 须由网格编码、/ 和 1 到 32 个字符的岗位组成，如 350602001001001/police-1',
  ],
  [
    'name: line 11: is UTF-8 while the file is gb18030: the file mixes encodings, save all of it in one',
    '名称：第 11 行：是 UTF-8，而文件是 gb18030：文件混用了编码，请全部存为一种',
  ],
  ['name: line 12: byte 1 (0xFF) fits no character of gb18030', '名称：第 12 行：第 1 个字节（0xFF）不是 gb18030 的字符'],
  [
    'name: line 2: is UTF-8 while the file is windows-1252: the file mixes encodings, save all of it in one',
    '名称：第 2 行：是 UTF-8，而文件是 windows-1252：文件混用了编码，请全部存为一种',
  ],
  [
    'natural: "desert" is not shown on the base map; it shows water, green, buildings, barriers, gates',
    'natural："desert" 不在底图上显示；底图显示水体、绿地、建筑、围栏和出入口',
  ],
  [`post: "a b" holds ' '; it must do without spaces and /\\?#%&,"'<>`, `岗位："a b" 含 ' '；不能有空格和 /\\?#%&,"'<>`],
  ['role: "boss" is none of grid_member, police, team', '角色："boss" 不在可填的词里；可填 grid_member、police、team'],
  ['role: is missing; it must be grid_member, police or team', '角色：没有填；须为 grid_member（网格员）、police（民警）或 team（队伍）'],
  ['row: line 5: a quote is opened and never closed', '整行：第 5 行的引号没有结束'],
  ['wkt: ")" stands at character 8; a number is expected', '几何（WKT）：第 8 个字符处是 ")"；此处应为数'],
  ['wkt: "12" is not WKT; write POINT (118.08 24.48) or the like', '几何（WKT）："12" 不是 WKT；请写成 POINT (118.08 24.48) 这样'],
  [
    'wkt: "GEOMETRYCOLLECTION" is not a shape that is taken; those are POINT, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING, MULTIPOLYGON',
    '几何（WKT）："GEOMETRYCOLLECTION" 不是可导入的图形；可用 POINT、LINESTRING、POLYGON、MULTIPOINT、MULTILINESTRING、MULTIPOLYGON',
  ],
  ['wkt: "x" stands after the shape, at character 21', '几何（WKT）：图形之后第 21 个字符处还有 "x"'],
  ['wkt: is cut off after 12 characters; a number is expected', '几何（WKT）：在 12 个字符后中断；此处应为数'],
];

test('refusals are told in Chinese', () => {
  for (const [line, zh] of REFUSALS) assert.deepEqual(reasonLineIn('zh-CN', line), { text: zh, language: 'zh-CN' });
});

test('refusals counted by reason, without their values, are told as well', () => {
  const sorts = REFUSALS.map(([line]) => {
    const [, field = '', reason = ''] = /^([^:]+): (.*)$/s.exec(line) ?? [];
    return `${field}: ${sortOf(reason)}`;
  });
  for (const sort of sorts) assert.equal(reasonLineIn('zh-CN', sort).language, 'zh-CN', sort);
  assert.equal(sorts[0], 'residents: is "…"; it must be a whole number from … to …');
  assert.equal(reasonLineIn('zh-CN', sorts[0]).text, '居住人数：填的是 "…"；须为 … 到 … 的整数');
});

test('English is as the server says it', () => {
  for (const [line] of REFUSALS) assert.deepEqual(reasonLineIn('en', line), { text: line, language: 'en' });
  const reason = 'is "many"; it must be a whole number from 0 to 65535';
  assert.deepEqual(reasonIn('en', 'residents', reason), { field: 'Residents', text: reason, language: 'en' });
  assert.equal(changeReasonIn('en', `residents: ${reason}`).text, `Residents ${reason}`);
});

test('field and reason are in one language', () => {
  const reason = reasonIn('zh-CN', 'residents', 'is "若干"; it must be a whole number from 0 to 65535');
  assert.deepEqual(reason, { field: '居住人数', text: '填的是 "若干"；须为 0 到 65535 的整数', language: 'zh-CN' });
  const unknown = reasonIn('zh-CN', 'residents', 'is a colour nobody knows');
  assert.deepEqual(unknown, { field: 'Residents', text: 'is a colour nobody knows', language: 'en' });
});

test('what has no Chinese stays as it is, all of it', () => {
  const unknown = [
    'the workbook cannot be unpacked: invalid Zip archive',
    'every row is refused; and something nobody has words for',
    'line 3: something nobody has words for',
    'doors.csv: something nobody has words for',
    '"villa" is none of the words one can find',
    'geometry is lost; it must be text',
    'the coordinates fit WGS 84, longitude first (crs84), and no other system as well: the moon is full',
    '',
  ];
  for (const sentence of unknown) assert.deepEqual(sentenceIn('zh-CN', sentence), { text: sentence, language: 'en' });
});

test('values stay as they are, whatever stands in them', () => {
  const odd = '"a; b: \\"c\\" is none of {first:number} $1 居"';
  assert.equal(sentenceIn('zh-CN', `${odd} is none of home, shop`).text, `${odd} 不在可填的词里；可填 home、shop`);
});

test('fields that would change are named', () => {
  assert.deepEqual(changeReasonIn('zh-CN', 'address, residents'), { text: '地址、居住人数', language: 'zh-CN' });
  assert.deepEqual(changeReasonIn('en', 'address, residents'), { text: 'address, residents', language: 'en' });
  assert.equal(changeReasonIn('zh-CN', 'kind: "villa" is none of home, rental, shop').text, '类型："villa" 不在可填的词里；可填 home、rental、shop');
});
