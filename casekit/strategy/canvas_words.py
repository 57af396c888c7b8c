"""Word lists behind :func:`casekit.strategy.lint_canvas`, in English and Chinese; short on purpose."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that say "good" without saying what would be seen if it were so.
VAGUE_WORDS = _words(
    """
    good better best great nice high-quality quality excellent superior premium fast faster quick
    quicker slow easy easier convenient simple comfortable efficient effective efficiency optimal
    optimise optimize optimised optimized improve improved improves improvement enhance enhanced
    enhances innovative modern smart advanced professional comprehensive flexible various many
    several some often sometimes cheap cheaper affordable reasonable user-friendly seamless
    world-class cutting-edge state-of-the-art leading unique better-quality experience satisfaction
    value-added etc
    """
)

#: The same in Chinese (searched as parts of the text, since Chinese does not separate words).
VAGUE_WORDS_ZH = _words(
    """
    优质 高品质 高质量 一流 卓越 优秀 良好 更好 最好 很好 方便 便捷 便利 快捷 快速 迅速 高效 有效
    效率高 提升体验 提高体验 改善 优化 完善 创新 先进 智能 专业 全面 灵活 多样 各种 很多 许多 一些
    经常 有时 便宜 实惠 合理 简单 轻松 舒适 贴心 人性化 领先 独特 极致 满意 等等
    """
)

#: Words for the people on the other side.
CUSTOMER_WORDS = _words(
    """
    customer customers client clients user users buyer buyers guest guests passenger passengers
    traveller travellers traveler travelers driver drivers patient patients shopper shoppers owner
    owners manager managers mother mothers father fathers parent parents student students teacher
    teachers engineer engineers family families household households retailer retailers dealer
    dealers company companies firm firms team teams member members people person she he they her
    his their them who i my me
    """
)

#: The same in Chinese.
CUSTOMER_WORDS_ZH = _words(
    """
    客户 顾客 用户 买家 买方 客人 旅客 乘客 司机 患者 病人 业主 车主 妈妈 宝妈 母亲 父亲 家长 父母
    学生 老师 工程师 家庭 零售商 经销商 分销商 企业 公司 团队 会员 老人 居民 采购 店主 老板 经理
    员工 他们 她们 他 她 人群 商家 消费者
    """
)

#: Words that name a thing we sell.
PRODUCT_WORDS = _words(
    """
    product products service services app apps platform platforms system systems software hardware
    device devices feature features function functions machine machines website portal module
    modules tool tools solution solutions package packages plan plans technology equipment
    dashboard
    """
)

#: The same in Chinese.
PRODUCT_WORDS_ZH = _words(
    """
    产品 服务 平台 系统 软件 硬件 设备 功能 机器 网站 小程序 模块 工具 套餐 方案 技术 仪器 应用
    """
)

#: Verbs of effect: what changes for the customer.
EFFECT_WORDS = _words(
    """
    reduce reduces reduced reducing cut cuts cutting save saves saved saving avoid avoids avoided
    avoiding prevent prevents prevented end ends ended stop stops stopped remove removes removed
    eliminate eliminates shorten shortens shortened lower lowers lowered halve halves halved double
    doubles doubled raise raises raised increase increases increased earn earns earned gain gains
    gained give gives given keep keeps kept spare spares spared free frees freed arrive arrives get
    gets finish finishes guarantee guarantees without
    """
)

#: The same in Chinese.
EFFECT_WORDS_ZH = _words(
    """
    减少 缩短 降低 节省 节约 省去 省下 避免 免去 防止 消除 停止 去掉 减半 翻倍 提高 增加 赚 获得
    得到 给 保住 留住 腾出 到达 完成 保证 不再 无需 不用
    """
)

#: English number words and Chinese numerals with a counting word behind them count as numbers too.
NUMBER_PATTERN = (
    r"\d|百分之|[一二两三四五六七八九十百千万亿半几]+\s*"
    r"(?:个|次|天|日|周|月|年|小时|分钟|秒|元|块|倍|成|人|台|件|公里|米|克|斤|吨|折|%)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand"
    r"|million|half|halve|halves|halved|twice|double|doubles|doubled|zero|percent)\b"
)
