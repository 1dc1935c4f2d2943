"""Common given names, family names, towns and regions: enough to tell a column by.

Own work, from general knowledge: a column of given names holds many of these, any other few.
The given names of `text.person` come on top.
"""

from __future__ import annotations

__all__ = ["CITIES", "FAMILY_NAMES", "GIVEN_NAMES", "REGIONS", "REGION_CODES"]

# folded, as `folding.fold` does
GIVEN_NAMES = frozenset(
    "john james robert michael william david richard joseph thomas charles christopher daniel"
    " matthew mark donald steven paul andrew joshua kenneth kevin brian george edward ronald"
    " timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott"
    " brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler"
    " aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter keith"
    " mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy"
    " betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa"
    " deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda"
    " pamela emma nicole helen samantha katherine christine debra rachel carolyn janet"
    " catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren"
    " christina joan evelyn judith megan alice ann jean doris grace hannah sophie chloe lucy"
    " charlotte amelia ella mia lily oliver harry charlie leo oscar isabella sophia liam"
    " mason logan lucas marco giuseppe giovanni antonio mario luigi francesco angelo vincenzo"
    " pietro salvatore carlo franco domenico bruno paolo michele giorgio aldo sergio luciano"
    " andrea stefano alessandro matteo davide luca simone federico lorenzo riccardo filippo"
    " giulia chiara francesca federica valentina elena alessia silvia martina sara giovanna"
    " rosa angelina teresa lucia carmela caterina paola daniela roberta joao manuel carlos"
    " pedro luis jorge fernando ricardo rui nuno tiago miguel andre diogo goncalo ana"
    " catarina ines beatriz mariana joana rita filipa margarida sofia leonor isabel fernanda"
    " juliana camila larissa gabriel rafael felipe gustavo rodrigo thiago pierre michel"
    " philippe alain nicolas christophe laurent frederic julien sebastien francois olivier"
    " guillaume thierry pascal vincent marie nathalie isabelle sylvie francoise martine anne"
    " monique valerie sandrine celine camille lea manon aurelie antoine louis hugo theo"
    " claire juliette juan francisco javier jesus alejandro pablo alvaro diego raul ruben"
    " ivan enrique ramon vicente angel carmen josefa dolores pilar mercedes cristina marta"
    " raquel rocio nuria irene paula alba santiago mateo valeria ximena guadalupe lars jens"
    " niels soren jorgen henrik morten rasmus mads kristian anders mette hanne kirsten inge"
    " lene pia bente birgit helle camilla louise ida freja clara emil magnus frederik mikkel"
    " kasper jesper torben ole erik hans bo wolfgang klaus jurgen dieter gunter helmut heinz"
    " gerhard werner manfred uwe stefan andreas markus matthias tobias jan felix lukas jonas"
    " leon finn ursula monika petra sabine renate helga karin brigitte ingrid erika claudia"
    " susanne gabriele katrin julia lena johanna katharina mohammed muhammad ahmed ali omar"
    " fatima aisha wei anil priya olga dmitri svetlana yuki hiroshi darcy kirra lachlan zoe"
    " riley jordan caitlin bailey".split()
)
FAMILY_NAMES = frozenset(
    "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez"
    " lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson"
    " white harris sanchez clark ramirez lewis robinson walker young allen king wright scott"
    " torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter"
    " roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart"
    " morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed"
    " kelly howard ramos kim cox ward richardson watson brooks chavez wood bennett gray"
    " mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez"
    " davies robertson clarke khan shaw ryan wang singh chen webb mcdonald rossi russo"
    " ferrari esposito bianchi romano colombo ricci marino greco conti gallo mancini costa"
    " giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi silva santos"
    " ferreira pereira oliveira rodrigues martins sousa souza fernandes goncalves gomes lopes"
    " marques alves almeida ribeiro pinto carvalho teixeira moreira correia mendes nunes lima"
    " araujo barbosa bernard dubois durand moreau laurent simon michel lefebvre leroy roux"
    " bertrand morel fournier girard bonnet dupont lambert fontaine rousseau vincent muller"
    " faure mercier blanc garnier fernandez sanz moreno munoz alonso navarro dominguez"
    " vazquez serrano blanco molina castro ortega rubio jensen nielsen hansen pedersen"
    " andersen christensen larsen sorensen rasmussen jorgensen petersen madsen kristensen"
    " olsen thomsen christiansen poulsen johansen moller mortensen knudsen lund holm schmidt"
    " schneider fischer weber meyer wagner becker schulz hoffmann schafer koch bauer richter"
    " klein wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange"
    " schmitt werner krause lehmann schmid schulze maier kohler herrmann konig walter mayer"
    " huber kaiser fuchs peters lang scholz weiss jung hahn schubert vogel keller frank"
    " berger winkler roth beck lorenz baumann franke albrecht schuster ludwig bohm winter"
    " kraus vogt".split()
)
CITIES = frozenset(
    "london,birmingham,leeds,glasgow,sheffield,bradford,liverpool,edinburgh,manchester"
    ",bristol,cardiff,belfast,leicester,nottingham,newcastle,southampton,brighton,oxford"
    ",cambridge,york,dublin,cork,new york,los angeles,chicago,houston,phoenix,philadelphia"
    ",san antonio,san diego,dallas,san jose,austin,jacksonville,columbus,charlotte"
    ",indianapolis,seattle,denver,washington,boston,nashville,detroit,portland,memphis"
    ",las vegas,baltimore,milwaukee,albuquerque,tucson,fresno,sacramento,atlanta,kansas city"
    ",miami,oakland,minneapolis,tulsa,tampa,new orleans,cleveland,honolulu,anaheim,pittsburgh"
    ",cincinnati,st louis,orlando,san francisco,brooklyn,springfield,richmond,salt lake city"
    ",toronto,montreal,vancouver,calgary,ottawa,sydney,melbourne,brisbane,perth,adelaide"
    ",canberra,hobart,auckland,wellington,roma,rome,milano,milan,napoli,torino,turin,palermo"
    ",genova,bologna,firenze,florence,bari,catania,venezia,verona,padova,trieste,brescia"
    ",parma,modena,lisboa,lisbon,porto,braga,coimbra,sao paulo,rio de janeiro,brasilia"
    ",salvador,fortaleza,belo horizonte,curitiba,recife,porto alegre,paris,marseille,lyon"
    ",toulouse,nice,nantes,strasbourg,montpellier,bordeaux,lille,rennes,reims,madrid"
    ",barcelona,valencia,sevilla,zaragoza,malaga,murcia,palma,bilbao,alicante,cordoba,granada"
    ",mexico,bogota,lima,santiago,buenos aires,kobenhavn,copenhagen,arhus,odense,alborg"
    ",esbjerg,randers,kolding,horsens,vejle,roskilde,herning,silkeborg,aalborg,aarhus"
    ",frederiksberg,berlin,hamburg,munchen,munich,koln,cologne,frankfurt,frankfurt am main"
    ",stuttgart,dusseldorf,dortmund,essen,leipzig,bremen,dresden,hannover,nurnberg,duisburg"
    ",bochum,wuppertal,bielefeld,bonn,munster,karlsruhe,mannheim,augsburg,wien,vienna,graz"
    ",linz,salzburg,zurich,geneva,geneve,basel,bern,bruxelles,brussels,amsterdam,rotterdam"
    ",stockholm,goteborg,oslo,bergen,helsinki,warsaw".split(",")
)
# of the United States, Canada, Australia, Brazil, Italy
REGION_CODES = frozenset(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh"
    " nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr ab bc mb nb nl ns"
    " nt nu on pe qc sk yt act nsw qld sa tas vic ac ap am ba ce df es go mg pb pi rj rn rs"
    " ro rr sp se to ag an ao aq at av bg bi bl bn bo br bs bt bz cb cl cn cr cs cz en fc fe"
    " fg fi fm fr ge gr im is kr le li lo lt lu mc na no pc pd pg pn po pt pu pv pz ra rc re"
    " rg rm rov rsm sr ss su sv ta te tp tr ts tv ud vb vc ve vi vr vs vv".split()
)
REGIONS = frozenset(
    "alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,georgia"
    ",hawaii,idaho,illinois,indiana,iowa,kansas,kentucky,louisiana,maine,maryland"
    ",massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada"
    ",new hampshire,new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma"
    ",oregon,pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah"
    ",vermont,virginia,washington,west virginia,wisconsin,wyoming,ontario,quebec"
    ",british columbia,alberta,manitoba,saskatchewan,nova scotia,new brunswick"
    ",new south wales,victoria,queensland,tasmania,south australia,western australia,bayern"
    ",baden wurttemberg,berlin,brandenburg,bremen,hamburg,hessen,mecklenburg vorpommern"
    ",niedersachsen,nordrhein westfalen,rheinland pfalz,sarland,sachsen,sachsen anhalt"
    ",schleswig holstein,thuringen,tirol,steiermark,karnten,oberosterreich,niederosterreich"
    ",vorarlberg,lombardia,lazio,campania,veneto,sicilia,piemonte,puglia,emilia romagna"
    ",toscana,calabria,sardegna,liguria,marche,abruzzo,friuli venezia giulia,umbria"
    ",basilicata,molise,andalucia,cataluna,catalunya,comunidad de madrid,comunidad valenciana"
    ",galicia,castilla y leon,pais vasco,canarias,aragon,asturias,navarra,ile de france"
    ",bretagne,normandie,occitanie,nouvelle aquitaine,grand est,auvergne rhone alpes"
    ",hauts de france,hovedstaden,midtjylland,syddanmark,sjalland,nordjylland,sao paulo"
    ",minas gerais,rio de janeiro,bahia,parana,rio grande do sul,pernambuco,ceara"
    ",santa catarina,goias,essex,kent,surrey,devon,cornwall,norfolk,suffolk,lancashire"
    ",yorkshire,west yorkshire,hampshire,cheshire,somerset".split(",")
)
