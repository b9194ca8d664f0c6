export const cardsEn = {
  'card.cable-quiet': 'cable, quiet network',
  'card.cable': 'cable',
  'card.default-route': 'carries this computer\'s own network',
  'card.wifi': 'Wi-Fi',
  'card.vpn': 'VPN, phones cannot reach it',
  'card.virtual': 'virtual, no cable',
  'card.loopback': 'this computer only',
  'card.no-address': 'no address yet: give it 10.20.0.1/24',
  'card.no-link': 'no cable plugged in',
  'card.unknown': 'No network card is called {name}. Pick one of the list.',
  'card.gone': '{name} is gone. Plug it in again or pick another card.',
  'card.address-refused': 'This system does not let Dialbench set an address on {name}. Run: {command}',
};

export const cardsFr: Readonly<Record<keyof typeof cardsEn, string>> = {
  'card.cable-quiet': 'câble, réseau calme',
  'card.cable': 'câble',
  'card.default-route': 'porte le réseau de cet ordinateur',
  'card.wifi': 'Wi-Fi',
  'card.vpn': 'VPN, hors de portée des téléphones',
  'card.virtual': 'virtuelle, sans câble',
  'card.loopback': 'cet ordinateur seulement',
  'card.no-address': 'pas encore d’adresse : lui donner 10.20.0.1/24',
  'card.no-link': 'aucun câble branché',
  'card.unknown': 'Aucune carte réseau ne s’appelle {name}. En choisir une dans la liste.',
  'card.gone': '{name} a disparu. La rebrancher ou choisir une autre carte.',
  'card.address-refused': 'Ce système ne laisse pas Dialbench donner une adresse à {name}. Exécuter : {command}',
};
