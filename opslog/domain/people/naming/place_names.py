"""Places of China by their short names, as companies write them in brackets."""

from __future__ import annotations

from functools import cache

_PROVINCES = """
上海 云南 内蒙古 北京 台湾 吉林 四川 天津 宁夏 安徽 山东 山西 广东 广西 新疆
江苏 江西 河北 河南 浙江 海南 湖北 湖南 澳门 甘肃 福建 西藏 贵州 辽宁 重庆
陕西 青海 香港 黑龙江
"""
_CITIES = """
七台河 三亚 三明 三沙 三门峡 上饶 东莞 东营 中卫 中山 临夏 临汾 临沂 临沧 丹东
丽水 丽江 乌兰察布 乌海 乌鲁木齐 乐山 九江 云浮 亳州 伊春 伊犁 佛山 佳木斯 保定
保山 信阳 儋州 克孜勒苏 克拉玛依 六安 六盘水 兰州 兴安 内江 凉山 包头 北海 十堰
南京 南充 南宁 南平 南昌 南通 南阳 博尔塔拉 厦门 双鸭山 台州 合肥 吉安 吐鲁番
吕梁 吴忠 周口 呼伦贝尔 呼和浩特 和田 咸宁 咸阳 哈密 哈尔滨 唐山 商丘 商洛 喀什
嘉兴 嘉峪关 四平 固原 塔城 大兴安岭 大同 大庆 大理 大连 天水 太原 威海 娄底
孝感 宁德 宁波 安庆 安康 安阳 安顺 定西 宜宾 宜昌 宜春 宝鸡 宣城 宿州 宿迁
山南 岳阳 崇左 巴中 巴彦淖尔 巴音郭楞 常州 常德 平凉 平顶山 广元 广安 广州 庆阳
廊坊 延安 延边 开封 张家口 张家界 张掖 徐州 德宏 德州 德阳 忻州 怀化 怒江 恩施
惠州 成都 扬州 承德 抚州 抚顺 拉萨 揭阳 攀枝花 文山 新乡 新余 无锡 日喀则 日照
昆明 昌吉 昌都 昭通 晋中 晋城 普洱 景德镇 曲靖 朔州 朝阳 本溪 来宾 杭州 松原
林芝 果洛 枣庄 柳州 株洲 桂林 梅州 梧州 楚雄 榆林 武威 武汉 毕节 永州 汉中
汕头 汕尾 江门 池州 沈阳 沧州 河池 河源 泉州 泰安 泰州 泸州 洛阳 济南 济宁
海东 海北 海口 海西 淄博 淮北 淮南 淮安 深圳 清远 温州 渭南 湖州 湘潭 湘西
湛江 滁州 滨州 漯河 漳州 潍坊 潮州 濮阳 烟台 焦作 牡丹江 玉林 玉树 玉溪 珠海
甘南 甘孜 白城 白山 白银 百色 益阳 盐城 盘锦 眉山 石嘴山 石家庄 福州 秦皇岛
红河 绍兴 绥化 绵阳 聊城 肇庆 自贡 舟山 芜湖 苏州 茂名 荆州 荆门 莆田 莱芜
菏泽 萍乡 营口 葫芦岛 蚌埠 衡水 衡阳 衢州 襄阳 西双版纳 西宁 西安 许昌 贵港
贵阳 贺州 资阳 赣州 赤峰 辽源 辽阳 达州 运城 连云港 迪庆 通化 通辽 遂宁 遵义
邢台 那曲 邯郸 邵阳 郑州 郴州 鄂尔多斯 鄂州 酒泉 金华 金昌 钦州 铁岭 铜仁 铜川
铜陵 银川 锡林郭勒 锦州 镇江 长春 长沙 长治 阜新 阜阳 防城港 阳江 阳泉 阿克苏
阿勒泰 阿坝 阿拉善 阿里 陇南 随州 雅安 青岛 鞍山 韶关 马鞍山 驻马店 鸡西 鹤壁
鹤岗 鹰潭 黄冈 黄南 黄山 黄石 黑河 黔东南 黔南 黔西南 齐齐哈尔 龙岩
"""
_REGIONS = """
中国 亚太 大中华区 华东 华南 华北 华中 西南 西北 东北 昆山 义乌 浦东 前海
"""
_ENDINGS = ("特别行政区", "自治区", "省", "市", "地区", "区", "县")


@cache
def names() -> frozenset[str]:
    """Provinces, prefecture cities and the regions companies divide the country into."""
    return frozenset(f"{_PROVINCES} {_CITIES} {_REGIONS}".split())


def is_place(text: str) -> bool:
    """Whether ``text`` is nothing but a place: 北京, 上海市, 中国."""
    if text in names():
        return True
    return any(text.endswith(end) and text.removesuffix(end) in names() for end in _ENDINGS)
