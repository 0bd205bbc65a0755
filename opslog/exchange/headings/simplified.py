"""Headings in traditional characters made simplified, so that one list of words knows both.

Only characters that headings are made of; names and data are never touched.
"""

from __future__ import annotations

_TRADITIONAL = (
    "聯絡職務單稱機關電話郵號碼類業產報時間狀態備註觀眾簽參會課學員師購買訂實總長與應個級別區縣國"
    "際標題顧問寫請輸屬構團體網頁傳真發開始結線動預約確認審進離層場訪費額價幣來賓樣紀錄編輸駐廠"
    "處調證無歲齡輛檔導覽臺灣鄉鎮選項據統計數圖書館醫療術設備組織經歷薦紹緊誌營歸屬當門廳專該"
    "張種戶續繳領獎繫辦協議論壇講聽爲為裝貨質環節範圍還這須條執規劃養護輪換達選擇隊齊檢驗測試視頻"
    "聞連結鏈贊讚謝願準録關係內層曆裡飲顯響"
)
_SIMPLIFIED = (
    "联络职务单称机关电话邮号码类业产报时间状态备注观众签参会课学员师购买订实总长与应个级别区县国"
    "际标题顾问写请输属构团体网页传真发开始结线动预约确认审进离层场访费额价币来宾样纪录编输驻厂"
    "处调证无岁龄辆档导览台湾乡镇选项据统计数图书馆医疗术设备组织经历荐绍紧志营归属当门厅专该"
    "张种户续缴领奖系办协议论坛讲听为为装货质环节范围还这须条执规划养护轮换达选择队齐检验测试视频"
    "闻连结链赞赞谢愿准录关系内层历里饮显响"
)
_MAP = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with the traditional characters of headings made simplified."""
    return text if text.isascii() else text.translate(_MAP)
