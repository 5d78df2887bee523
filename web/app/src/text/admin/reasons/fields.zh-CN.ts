// What is wrong with values of fields, and with rows beside others, in Chinese.

import type { Entry } from './match.ts';

/** Sentences about a value. */
export const fieldSentences: readonly Entry[] = [
  // numbers, words of a list, days
  ['is {value}; it must be a whole number from {first:number} to {last:number}', '填的是 {value}；须为 {first} 到 {last} 的整数'],
  ['{value:quoted} is none of {words:ids}', '{value} 不在可填的词里；可填 {words}'],
  ['{value:quoted} is not a date; {right:sentence}', '{value} 不是日期；{right}'],
  ['give its column the form of a date, or write 2026-03-01', '请把这一列设为日期格式，或写成 2026-03-01'],
  ['write it as YYYY-MM-DD, such as 2026-03-01', '请写成 YYYY-MM-DD，如 2026-03-01'],
  ['{ends} is not after starts_on {starts}', '{ends} 不晚于开始日期 {starts}'],
  ['ends_on {ends} is not after starts_on {starts}', '结束日期 {ends} 不晚于开始日期 {starts}'],
  ['{field:field} {value:quoted} is no date; it is written YYYY-MM-DD', '{field} {value} 不是日期；应写成 YYYY-MM-DD'],
  // texts, codes and ids
  ['{value:quoted} holds {sign:sign}, a control character; write it in one line of text', '{value} 含控制字符 {sign}；请写成一行文字'],
  ['has {length:number} characters; at most {most:number} are taken', '有 {length} 个字符；最多 {most} 个'],
  ['is {is:absence}; it must be text', '{is}；须填写文字'],
  ['{value:quoted} must have 1 to {most:number} characters', '{value} 须为 1 到 {most} 个字符'],
  ['{value:quoted} holds {sign:sign}; it must do without spaces and /\\?#%&,"\'<>', '{value} 含 {sign}；不能有空格和 /\\?#%&,"\'<>'],
  [
    '{value:quoted} was shortened by a spreadsheet; make its column text and enter it again',
    '{value} 被电子表格缩写了；请把这一列设为文本后重新填写',
  ],
  [
    '{number:number} has more digits than a spreadsheet keeps (15), so the last are lost; make its column text and enter it again',
    '{number} 的位数多于电子表格能保存的 15 位，末几位已丢失；请把这一列设为文本后重新填写',
  ],
  [
    '{field:field} {value:quoted} of a {noun:noun} must be 1 to {most:number} characters without spaces around it',
    '{noun}的{field} {value} 须为 1 到 {most} 个字符，首尾不能有空格',
  ],
  ['{field:field} of {length:number} characters is too long; it takes at most {most:number}', '{field}有 {length} 个字符，太长；最多 {most} 个'],
  // areas
  [
    'is missing; it must be district, subdistrict, community, grid or block',
    '没有填；须为 district（区）、subdistrict（街道/镇）、community（社区）、grid（网格）或 block（小区/街块）',
  ],
  ['is given for a district; a district lies in no area', '区没有上级，这里却填了'],
  ["{parent:quoted} is the area's own code", '{parent} 是该区域自己的编码'],
  [
    'is missing; it must be the code of the {above:level}, as {code:quoted} has not the {digits:number} digits of a {level:level} in the national scheme',
    '没有填；须填所在{above}的编码，因为 {code} 不是国家编码规则中{level}的 {digits} 位编码',
  ],
  ['the code of an area holds no /', '区域编码不能含 /'],
  // the base map
  [
    '{value:quoted} is not shown on the base map; it shows water, green, buildings, barriers, gates',
    '{value} 不在底图上显示；底图显示水体、绿地、建筑、围栏和出入口',
  ],
  [
    'is missing; it must be water, green, building, barrier or gate',
    '没有填；须为 water（水体）、green（绿地）、building（建筑）、barrier（围栏）或 gate（出入口）',
  ],
  // staffing
  ['is missing; it must be grid_member, police or team', '没有填；须为 grid_member（网格员）、police（民警）或 team（队伍）'],
  [
    'looks like a name or a phone number; it must be a badge number or team code with a digit in it, such as 035012 or T17',
    '像是姓名或电话号码；须为带数字的工号、警号或队伍编号，如 035012 或 T17',
  ],
  [
    'id {id:quoted} of a post is not the code of its grid, / and a post of 1 to 32 characters, such as {grid}/police-1',
    '岗位编号 {id} 须由网格编码、/ 和 1 到 32 个字符的岗位组成，如 {grid}/police-1',
  ],
  [
    'the holder of {id:quoted} is no badge number or team code (A-Z a-z 0-9 - _ . / with a digit); names and phone numbers of people are not kept',
    '{id} 的人员编号不是工号、警号或队伍编号（A-Z a-z 0-9 - _ . /，至少有一个数字）；不保存姓名和电话号码',
  ],
  // addresses
  ['is missing, and {found:sentence}; give an id, or place, building and door', '没有填，{found}；请填编号，或填小区/街路、楼栋和室号'],
  ['there is no address', '也没有地址'],
  ['the address {address:quoted} does not tell one door from another', '而地址 {address} 分不出是哪一户'],
  // hours
  ['opening hours: {text:quoted} is not understood; {examples:sentence}', '看不懂 {text}；{examples}'],
  [
    'opening hours: {text:quoted} is not kept here, only days of the week and times; leave it out',
    '这里不保存 {text}，只保存星期和时间；请去掉',
  ],
  [
    'opening hours: {text:quoted} is no time of day; times are 00:00 to 24:00, past midnight up to 48:00',
    '{text} 不是时刻；时刻为 00:00 到 24:00，过了午夜可写到 48:00',
  ],
  ['opening hours: {what:sentence} is missing; {examples:sentence}', '缺少{what}；{examples}'],
  [
    'opening hours: {h:number}:{m:number}-{h2:number}:{m2:number} is longer than a day; write 00:00-24:00 for a whole day',
    '{h}:{m}-{h2}:{m2} 超过一天；全天请写 00:00-24:00',
  ],
  [
    'opening hours: {h:number}:{m:number} begins before the interval before it ends; intervals of a day lie apart',
    '{h}:{m} 开始时前一段还没有结束；同一天的各段时间不能重叠',
  ],
  ['opening hours of {length:number} characters; they take at most {most:number}', '有 {length} 个字符；最多 {most} 个'],
  [
    'hours are written like Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00, 24/7 or 周一至周五 8:00-20:00',
    '营业时间的写法如 Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00、24/7 或 周一至周五 8:00-20:00',
  ],
  ['the last day of a range', '最后一天'],
  ['the end of an interval', '结束时刻'],
  ['a time', '时刻'],
  ['other reasons', '其他原因'],
];

/** Sentences about a row beside other rows, and beside what is there. */
export const rowSentences: readonly Entry[] = [
  [
    '{key:quoted} is a duplicate of {earlier:earlier}, which stands; this row {differs:differs}, each may come once',
    '{key} 与{earlier}重复，以前面的为准；本行{differs}，每个编号只能出现一次',
  ],
  [
    '{noun:noun} {key:quoted} stands twice in the import, as row {first:number} and row {second:number} of its kind; each may come in once',
    '{noun} {key} 在导入中出现两次，即同类的第 {first} 行和第 {second} 行；每个只能导入一次',
  ],
  [
    'door {id:quoted} is not in the district; leave the field empty, or bring the door in first',
    '现有数据里没有户 {id}；请留空，或先导入这一户',
  ],
  ['{grid:quoted} is a {level:level}; staffing is of grids', '{grid} 是{level}；人员只配到网格'],
  ['{grid:quoted} is no grid in force; bring the areas in first', '{grid} 不是现行的网格；请先导入区域'],
  ['every area but a district lies in one, a district in none', '除区以外，每个区域都有上级，区没有上级'],
  [
    '{parent:quoted} is a {level:level}; a {child:level} lies in a larger area, such as a {above:level}',
    '{parent} 是{level}；{child}须在更大的区域里，如{above}',
  ],
  ['{parent:quoted} is neither in force nor among the rows taken from the files', '{parent} 既不是现行区域，也不在文件中可导入的行里'],
  [
    '{level:level} {code:quoted} names {parent:claim}; every area but a district lies in one, a district in none',
    '{level} {code} {parent}；除区以外，每个区域都有上级，区没有上级',
  ],
  [
    'area {code:quoted} is a {level:level}; a {other:level} needs a code of its own, for a code keeps its level',
    '区域 {code} 是{level}；编码的层级不能改，{other}须另用编码',
  ],
  [
    'parent {parent:quoted} of {of:level} {code:quoted} is a {level:level}; a parent is of a larger level',
    '{of} {code} 的上级 {parent} 是{level}；上级须是更大的层级',
  ],
  [
    'parent {parent:quoted} of {of:level} {code:quoted} is neither in force nor in the import',
    '{of} {code} 的上级 {parent} 既不是现行区域，也不在导入的数据里',
  ],
  ['household {door:quoted} of {noun:noun} {key:quoted} is not known', '{noun} {key} 所在的户 {door} 不存在'],
  ['{grid:quoted} of {noun:noun} {key:quoted} is a {level:level}, not a grid', '{noun} {key} 的 {grid} 是{level}，不是网格'],
  ['grid {grid:quoted} of {noun:noun} {key:quoted} is not known', '{noun} {key} 的网格 {grid} 不存在'],
];
