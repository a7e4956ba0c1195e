"""Whose mouth smiles in 400 pictures of Labeled Faces in the Wild (fold 1), as we saw it. No pictures.

One picture of each of 400 people, drawn by chance. A smile is a mouth whose corners are drawn up, teeth
or not; `UNCLEAR` is what two people might call differently, and covered mouths.
"""


def _names(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


SMILING = _names(
    """
    Afton_Smith_0001 Amber_Tamblyn_0002 Angela_Bassett_0005 Angela_Lansbury_0001
    Anthony_Scott_Miller_0001 Antony_Leung_0001 Augusto_Pinochet_0001 Bill_Maher_0001
    Boris_Becker_0001 Brian_Griese_0001 Brian_Williams_0001 Calbert_Cheaney_0001
    Candice_Bergen_0003 Carl_Reiner_0002 Carla_Myers_0001 Cecilia_Cheung_0001 Chris_Matthews_0001
    Coco_dEste_0001 Colleen_Donovan_0001 Corinne_Coman_0002 Darrell_Dickey_0001
    Darren_Campel_0001 Darvis_Patton_0001 Dave_Johnson_0001 Dave_Potter_0001 David_Alpay_0001
    Don_Carcieri_0001 Dora_Bakoyianni_0001 Dorthy_Moxley_0001 Ellen_MacArthur_0001
    Emily_Stevens_0001 Emmanuelle_Jagodsinski_0001 Eric_Daze_0001 Eriko_Tamura_0001
    Ernie_Grunfeld_0001 Erwin_Abdullah_0001 Flor_Montulo_0002 Garry_McCoy_0001 Gavin_Degraw_0001
    Gillian_Anderson_0002 Grant_Hackett_0003 Gray_Davis_0011 Hayden_Panettiere_0001
    Henning_Scherf_0001 Isaiah_Washington_0002 Jacob_Frenkel_0001 James_Jones_0001
    James_Phelps_0001 Jamling_Norgay_0001 Jane_Walker_Wood_0001 Janica_Kostelic_0001
    Janice_Abreu_0001 Jeffrey_Ashby_0001 Jennifer_Renee_Short_0001 Jim_Otto_0001
    Jodie_Foster_0003 John_Herrington_0001 Jose_Serra_0007 Jose_Theodore_0001
    Julianna_Margulies_0001 Juliette_Binoche_0001 Justine_Henin_0001 Kathy_Gannon_0001
    Katie_Wagner_0001 Kim_Cattrall_0001 Kim_Clijsters_0014 Kirsten_Gilham_0001
    Laurent_Jalabert_0001 Lemuel_Montulo_0001 Liu_Xiaoqing_0001 Lorraine_Bracco_0001
    Lyle_Lovett_0001 Magda_Kertasz_0001 Mahima_Chaudhari_0001 Maria_Burks_0001
    Maria_Conchita_Alonso_0001 Martha_Bowen_0001 Martin_Short_0001 Mary_Anne_Souza_0001
    Matthew_Broderick_0004 Melina_Kanakaredes_0001 Michael_Kors_0001 Mike_Stefanik_0001
    Mikhail_Gorbachev_0001 Minnie_Mendoza_0001 Miranda_Otto_0001 Monique_Ferreira_0001
    Nora_Bendijo_0002 Ornella_Muti_0001 Pamela_Anderson_0004 Pat_Summerall_0001
    Patricia_Heaton_0002 Prince_Edward_0002 Rafiq_Hariri_0001 Reginald_Hudlin_0001
    Ricardo_Monasterio_0001 Rick_Perry_0002 Romeo_Gigli_0001 Sada_Jacobson_0001
    Sergio_Garcia_0001 Simon_Yam_0001 Spike_Jonze_0001 Stella_Keitel_0001 Stockard_Channing_0001
    Taylor_Twellman_0001 Tom_Glavine_0001 Tommy_Shane_Steiner_0001 Trent_Lott_0015
    Valerie_Harper_0001 Vince_Carter_0001 Vince_Vaughan_0001 William_Hyde_0001 Yale_Kamisar_0001
    Zico_0002
    """
)
NOT_SMILING = _names(
    """
    Adriana_Lima_0001 Ahmad_Jbarah_0001 Alan_Dershowitz_0001 Alanis_Morissette_0001
    Alberto_Gonzales_0001 Alejandro_Atchugarry_0001 Alexander_Lukashenko_0001
    Alonzo_Mourning_0001 Amanda_Plumer_0001 Amporn_Falise_0001 Anders_Fogh_Rasmussen_0001
    Andre_Bucher_0001 Andrea_Yates_0001 Andrew_Gilligan_0001 Andrew_Shutley_0001 Andy_Dick_0001
    Anthony_Carter_0001 Anthony_Fauci_0001 Armand_Sargen_0001 Barbara_Felt-Miller_0001
    Barbra_Streisand_0001 Ben_Glisan_0001 Bill_Doba_0001 Bill_Frist_0006 Bob_Petrino_0001
    Brad_Johnson_0001 Brad_Russ_0001 Bruna_Colosio_0001 Carlos_Arroyo_0001 Casey_Mears_0001
    Chang_Saio-yue_0001 Chen_Tsai-chin_0001 Cho_Myung-kyun_0001 Chris_Columbus_0001
    Chris_Dodd_0001 Chris_Swecker_0001 Christian_Bale_0001 Clare_Short_0004 Claudio_Ranieri_0001
    Clint_Lamebear_0001 Corey_Maggette_0001 Crandall_Bowles_0001 Daryl_Parks_0001
    Dave_Tucker_0001 David_Bell_0002 David_Hannay_0001 Dean_Barker_0001 Dean_Jacek_0001
    Demi_Moore_0002 Dereck_Whittenburg_0001 Dionyssis_Georgiadis_0001 Douglas_Gansler_0001
    Drew_Barrymore_0002 Edouard_Michelin_0001 Edward_Arsenault_0001 Einars_Repse_0001
    Elinor_Caplan_0002 Eliza_Dushku_0001 Ester_Canadas_0001 Fatma_Kusibeh_0001
    Federico_Trillo_0003 Fernando_Sanz_0001 Frank_Van_Ecke_0001 Fred_Thompson_0002
    Garry_Witherall_0001 Gary_Williams_0001 Gene_Robinson_0004 George_Bovell_0001
    Gerard_Tronche_0001 Gerardo_Gambala_0002 Gerry_Parsky_0001 Giancarlo_Fisichella_0001
    Glenn_Rivers_0001 Gordon_Brown_0013 Gregor_Gysi_0001 Guus_Hiddink_0001 Guy_Ritchie_0002
    Hamid_Efendi_0001 Hank_Bass_0001 Heather_Chinnock_0001 Henry_Castellanos_0001
    Herb_Dhaliwal_0001 Hilary_McKay_0001 Hootie_Johnson_0001 Howard_Stern_0001 Hugo_Chavez_0015
    Hung_Wan-ting_0001 Ian_Smith_0001 Ingrid_Betancourt_0001 Jack_Grubman_0002 Jacques_Rogge_0002
    Jake_Brace_0001 James_Hill_0001 James_Robertson_Jr_0001 Jan_Pronk_0001 Janez_Drnovsek_0001
    Jean-Francois_Lemounier_0001 Jerry_Tarkanian_0001 Jim_Freudenberg_0001 Jim_Haslett_0001
    Joao_Rocha_0001 John_Engler_0001 John_Manley_0002 John_Snow_0006 Johnson_Panjaitan_0002
    Jonathan_Arden_0001 Jorge_Quiroga_0001 Jose_Rosado_0001 Julio_De_Brun_0001
    Justin_Marshall_0001 Kate_Winslet_0001 Kathy_Winters_0002 Keith_Lowen_0001
    Kelvin_Sampson_0001 Kevin_Garnett_0001 Kevin_Gil_0001 Kim_Gandy_0001 Kim_Hong-gul_0001
    Kim_Hong-up_0001 Kim_Jong-Il_0003 Lee_Baca_0001 Leon_LaPorte_0001 Leticia_Dolera_0001
    Lindsey_Graham_0001 Lleyton_Hewitt_0007 Luis_Ernesto_Derbez_Bautista_0005
    Makiya_Ali_Hassan_0001 Mamdouh_Habib_0001 Marc_Grossman_0003 Mario_Dumont_0002
    Mark_Everson_0001 Mark_Wahlberg_0004 Marquier_Montano_Contreras_0001 Martha_Burk_0003
    Martin_Brooke_0001 Martin_Cauchon_0002 Martin_Keown_0001 Mary_Carey_0004
    Maxim_Afinogenov_0001 Mercedes_Amor_0001 Michael_DeMinico_0001 Micky_Arison_0001
    Mike_Davis_0001 Mike_Duke_0001 Mike_Farrar_0001 Mike_Krzyzewski_0002 Milo_Djukanovic_0003
    Mitchell_Crooks_0001 Mitoji_Yabunaka_0002 Mohamed_Seineldin_0001 Naomi_Campbell_0001
    Natalie_Williams_0001 Nick_Rahall_0001 Nick_Reilly_0001 Nicolas_Eyzaguirre_0001
    Nigel_Redden_0001 Pascal_Affi_Nguessan_0001 Pat_Riley_0001 Patti_Lank_0001 Paul_Bremer_0020
    Paul_Celluci_0001 Paul_Luvera_0001 Paul_Sarbanes_0002 Perry_Gibbs_0001 Phil_Gramm_0001
    Prince_Rainier_III_0001 Ralph_Friedgen_0001 Ray_Morrough_0001 Ricardo_Lagos_0002
    Richard_Sambrook_0002 Rick_Reed_0001 Robert_Bonner_0002 Robert_Fico_0002 Roberto_Cavalli_0001
    Rodney_Rempt_0001 Ronald_Kadish_0001 Ronnie_Musgrove_0001 Roy_Moore_0003 SJ_Twu_0001
    Saeb_Erekat_0001 Salman_Khan_0001 Sam_Bith_0003 Sam_Brownback_0001 Sam_Rockwell_0001
    Se_Hyuk_Joo_0001 Shinya_Taniguchi_0001 Simon_Larose_0001 Sohail_Abbas_0001 Stan_Kroenke_0001
    Stefan_Tafrov_0001 Sterling_Hitchcock_0001 Steve_Blankenship_0001 Steve_Shiver_0001
    Steven_Van_Zandt_0001 Sue_Johnston_0001 Thomas_Van_Essen_0001 Thomas_Watjen_0001
    Todd_Parrott_0001 Todd_Robbins_0001 Tom_Harkin_0001 Tom_Moss_0001 Tom_Vilsack_0001
    Tommy_Thompson_0005 Tsutomu_Takebe_0001 Tyler_Hamilton_0001 Tyra_Banks_0001 Vaclav_Havel_0001
    Viktor_Yushchenko_0001 Vincent_Brooks_0007 Vitali_Klitschko_0004 Walter_Woods_0001
    William_Macy_0004 William_Martin_0001 Woody_Allen_0004 Yasushi_Akashi_0001 Zhong_Nanshan_0001
    Zorica_Radovic_0001
    """
)
UNCLEAR = _names(
    """
    Abdul_Rahman_0001 Alfonso_Soriano_0001 Andrea_Bocelli_0001 Barbara_Brezigar_0001
    Bill_Bradley_0001 Dai_Bachtiar_0002 Dale_Earnhardt_Jr_0002 Dario_Franchitti_0001
    David_Caruso_0002 Derek_Abney_0001 Dick_Vermeil_0001 Doris_Roberts_0003 Doug_Wilson_0001
    Edmund_Stoiber_0004 Emmanuelle_Beart_0001 Estelle_Morris_0001 Fidel_Castro_Daiz-Balart_0001
    Francis_Ford_Coppola_0002 Galen_Rowell_0001 Gary_Gitnick_0001 Georgia_Giddings_0001
    Gerard_de_Cortanze_0001 Harold_Brown_0001 Hisashi_Owada_0001 Imam_Samudra_0001
    Itzhak_Perlman_0001 Jalal_Talabani_0001 James_Caan_0002 James_Comey_0001
    Janis_Ruth_Coulter_0001 Jeffrey_Archer_0002 Jennifer_Garner_0006 Jerry_Seinfeld_0001
    Jessica_Lange_0002 Joey_Buttafuoco_0001 John_McCain_0007 Jonathan_Woodgate_0001
    Joseph_Blatter_0001 Kevin_Crane_0001 Kevin_Sorbo_0001 Kim_Dong-hwa_0001 Kristin_Davis_0002
    Lisa_Gottsegen_0002 Maria_Callas_0001 Maria_Soledad_Alvear_Valenzuela_0002
    Marlene_Weingartner_0002 Marsha_Sharp_0001 Martin_Hoellwarth_0002 Mary_Jo_Myers_0001
    Mary_Zorn_0001 Michael_Richards_0001 Nina_Jacobson_0001 Noah_Wyle_0001 Osrat_Iosef_0001
    Ozzie_Smith_0001 Pamela_Melroy_0001 Pernilla_Bjorn_0001 Prince_Philippe_0001
    Rachel_Kempson_0001 Robbie_Coltrane_0001 Robbie_Naish_0001 Sandy_Wise_0001 Szu_Yu_Chen_0001
    Ted_Williams_0001 Thomas_Ulrich_0001 Tom_Osborne_0001 Valentina_Tereshkova_0001
    Wen_Ho_Lee_0001 Yukiko_Okudo_0002
    """
)
