"""What lists hold in each script: headings, and words to compose cells of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Script:
    """``codecs`` are those such lists come in; ``headings`` field -> what heads its column."""

    codecs: tuple[str, ...]
    headings: dict[str, tuple[str, ...]]
    family: str
    given: str
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    notes: tuple[str, ...]
    joined: bool = True  # names are written without a space
    unknown: tuple[str, ...] = field(default=())


_ENGLISH_HEADINGS = {
    "name": ("Name", "Full Name", "Attendee name", "Contact name"),
    "phone": ("Phone", "Mobile", "Phone number"),
    "company": ("Company", "Company name", "Organization"),
    "email": ("Email", "Email address"),
    "address": ("Address", "Street address", "Office"),
    "note": ("Notes", "Comments", "Remarks"),
    "date": ("Registered at", "Date", "Created"),
    "amount": ("Amount", "Total paid", "Price"),
    "tags": ("Tags", "Interests", "Labels"),
}
_ENGLISH_UNKNOWN = ("Booth", "Hall", "Wave", "Slot", "Zone", "Batch", "Row key", "Lane", "Step")
_FAMILY_EN = "Walker Brown Quinn Green Hill King Clark Reed Scott Lewis Foster Davis Nash Turner"
_GIVEN_EN = "Ines Anna Eva Lena Max Frank Paul Rita Jan Nora Otto Karl Greta Hans Ben Sam Tina"

SCRIPTS = {
    "simplified": Script(
        ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"),
        {
            "name": ("姓名", "参会人姓名", "联系人", "您的姓名"),
            "phone": ("手机", "手机号", "联系电话", "手机号码"),
            "company": ("公司", "公司名称", "单位"),
            "email": ("邮箱", "电子邮箱"),
            "address": ("地址", "公司地址", "收货地址"),
            "note": ("备注", "说明", "留言"),
            "date": ("报名时间", "提交时间", "日期"),
            "amount": ("金额", "票价", "实付"),
            "tags": ("标签", "兴趣", "意向"),
        },
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹毛路龙鲁楼卢",
        "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚桂英志建国晓雪梅佳怡俊宇轩子涵欣然",
        ("苏州利博优美网络服务有限公司", "示例科技", "宁波索成教育信息咨询有限公司", "某某集团"),
        ("上海市,徐汇区", "深圳市南山区,科技园;3栋", "北京市海淀区", "杭州市,西湖区,文三路5号"),
        (
            "老客户",
            "需要发票,抬头另发",
            "周三;周四都可",
            "A|B两场都来",
            "第一行\n第二行",
            "",
            "",
            "",
        ),
        unknown=("展位", "批次", "场馆", "通道", "编组", "座次", "轮次", "货号", "颜色"),
    ),
    "traditional": Script(
        ("utf-8", "cp950", "gb18030"),
        {
            "name": ("姓名", "聯絡人姓名"),
            "phone": ("手機", "手機號碼", "電話"),
            "company": ("公司名稱", "公司", "單位名稱"),
            "email": ("電子郵件", "Email"),
            "address": ("地址", "公司地址"),
            "note": ("備註", "說明"),
            "date": ("報名時間", "日期"),
            "amount": ("金額", "票價"),
            "tags": ("標籤", "興趣"),
        },
        "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊江呂何羅高蕭潘簡朱鍾",
        "怡君志玲建銘雅婷宗翰淑芬承恩美惠家豪佩珊文龍國強金恒俊傑雅雯冠宇",
        ("台灣積體電路製造股份有限公司", "鴻海精密工業", "中華電信", "長榮海運－台北"),
        ("台北市,信義區", "新竹市;東區", "高雄市前鎮區", "台中市,西屯區,台灣大道"),
        ("老客戶", "需要發票,統編另附", "上午;下午皆可", "第一行\n第二行", "約翰‧史密斯", "", ""),
        unknown=("攤位", "梯次", "場館", "通道", "編組", "座次", "輪次", "貨號", "顏色"),
    ),
    "japanese": Script(
        ("utf-8", "cp932", "euc_jp"),
        {
            "name": ("氏名", "名前"),
            "phone": ("電話番号", "電話"),
            "company": ("会社名", "会社"),
            "email": ("メール", "Email"),
            "address": ("住所", "所在地"),
            "note": ("備考", "コメント"),
            "date": ("申込日時", "日付"),
            "amount": ("金額", "料金"),
            "tags": ("タグ", "興味"),
        },
        "田中 佐藤 鈴木 高橋 渡辺 伊藤 中村 小林 山本 加藤",
        "太郎 花子 健一 美咲 翔太 さくら 直樹 由美子 ひろし 恵",
        ("株式会社サンプル", "東京商事株式会社", "有限会社山本製作所", "日本電気工業"),
        ("東京都,港区", "大阪市;北区", "名古屋市中区", "福岡市,博多区"),
        ("お客様", "請求書,別途", "午前;午後", "一行目\n二行目", "", "", ""),
        unknown=("ブース", "会場", "班", "通路", "組", "席", "回", "品番", "色"),
    ),
    "korean": Script(
        ("utf-8", "cp949"),
        {
            "name": ("이름", "성명"),
            "phone": ("전화번호", "휴대폰"),
            "company": ("회사명", "회사"),
            "email": ("이메일", "Email"),
            "address": ("주소", "사무실"),
            "note": ("비고", "메모"),
            "date": ("등록일", "날짜"),
            "amount": ("금액", "가격"),
            "tags": ("태그", "관심"),
        },
        "김이박최정강조윤장임한오서신권황안송류홍",
        "민수서연지훈영희철수은지현우지민성호유진미경동현",
        ("주식회사한국전자", "대한물산", "서울소프트", "현대건설"),
        ("서울시,강남구", "부산시;해운대구", "인천시"),
        ("고객", "세금계산서,별도", "오전;오후", "", ""),
        unknown=("부스", "홀", "조", "통로", "묶음", "자리", "회차", "품번", "색"),
    ),
    "english": Script(
        ("utf-8", "utf-8-sig", "utf-16", "ascii"),
        _ENGLISH_HEADINGS,
        _FAMILY_EN,
        _GIVEN_EN,
        ("Example Ltd", "Acme, Inc.", "Foo | Bar LLC", 'The "Old" Mill', "Smith; Sons", "Nordwind"),
        ("12 High St, London", "5 Main Rd; Suite 3", "Berlin", "1 Rue X, 75001 Paris, France"),
        ("vegan", "late, maybe", "a;b;c", "x|y", "first\nsecond", "", "", ""),
        joined=False,
        unknown=_ENGLISH_UNKNOWN,
    ),
    "signs": Script(
        ("utf-8",),
        _ENGLISH_HEADINGS,
        _FAMILY_EN,
        _GIVEN_EN,
        ("«Alpha» Ltd", "Alpha® GmbH", "Beta·Gamma", "Delta§Co", "Plain Ltd", "Plain Inc"),
        ("12 High\xa0St, London", "3° Piso; Lisboa", "Main Rd 5", "Gate 4"),
        ("¡Hola!", "¥0.00", "5 m² stand", "at 20 °C", "Ines´s guest", "", "", "", ""),
        joined=False,
        unknown=_ENGLISH_UNKNOWN,
    ),
    "accents": Script(
        ("utf-8", "cp1252"),
        _ENGLISH_HEADINGS,
        "García Müller Åberg Núñez Lefèvre Gößl Conceição Sørensen Walker Brown Reed",
        "José Zoë Jürgen François Inês André Łukasz Anna Eva Paul Max",
        ("Société Générale", "Müller & Söhne", "Café Ltd", "Plain Ltd"),
        ("Straße 5, Köln", "12 Rue de la Paix; Paris", "Málaga"),
        ("végétarien", "später, vielleicht", "", "", ""),
        joined=False,
        unknown=_ENGLISH_UNKNOWN,
    ),
    "cyrillic": Script(
        ("utf-8", "cp1251"),
        _ENGLISH_HEADINGS,
        "Иванов Петров Сидоров Кузнецова Смирнова Попов",
        "Иван Пётр Мария Анна Ольга Сергей",
        ("ООО Ромашка", "Газпром", "Яндекс, Москва"),
        ("Москва, ул. Ленина 5", "Санкт-Петербург; Невский", "Казань"),
        ("вегетарианец", "утро;вечер", "", ""),
        joined=False,
        unknown=_ENGLISH_UNKNOWN,
    ),
}
