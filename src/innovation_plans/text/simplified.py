"""Simplified characters for traditional and Japanese ones, for readers and the lookup of names."""

from __future__ import annotations

# Traditional and Japanese shapes of the characters in the lexicon, below the simplified ones.
_SIMPLIFIED = (
    "万亿达过个个项约于长户户内两余点发专总数计实现稳进会国扩减继续预争应间为为从较员业动劳每"
    "后与东严举义书亏亚产亩仅价众优传体债偿储兑党关兴养兽军农冲决净准几创别制务励劲势区医协单"
    "占厂压县双变台启团园圆场声处备复头奖学导将层届岁岗币师带帮广库废开当录态担拟拥拨挂损据时"
    "无术机权条来极构标样桩残毕汇没济润涨满灾独献环电盘码确碍种积税筑签简级纳线组织经结络绝统"
    "绩绿维缓缔缝缩网职联节范获营补装见规订认训议记许论设访证评试该请课调负贡财责账货质贫购贴"
    "贷贸费资赶趋跃车转软轻辆迈运还连选递遗邻里钟铁销锡键闭队阶际险顶顺领题额风馆驶驾验强"
)
_TRADITIONAL = (
    "萬億達過個箇項約於長戶戸內兩餘點發專總數計實現穩進會國擴減繼續預爭應間為爲從較員業動勞毎"
    "後與東嚴舉義書虧亞產畝僅價眾優傳體債償儲兌黨關興養獸軍農衝決淨準幾創別製務勵勁勢區醫協單"
    "佔廠壓縣雙變臺啟團園圓場聲處備復頭獎學導將層屆歲崗幣師帶幫廣庫廢開當錄態擔擬擁撥掛損據時"
    "無術機權條來極構標樣樁殘畢匯沒濟潤漲滿災獨獻環電盤碼確礙種積稅築簽簡級納線組織經結絡絕統"
    "績綠維緩締縫縮網職聯節範獲營補裝見規訂認訓議記許論設訪證評試該請課調負貢財責賬貨質貧購貼"
    "貸貿費資趕趨躍車轉軟輕輛邁運還連選遞遺鄰裡鐘鐵銷錫鍵閉隊階際險頂順領題額風館駛駕驗強"
)
SIMPLIFIED = dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True))
