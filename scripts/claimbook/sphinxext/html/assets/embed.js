// Offers the code of a frame of another page, but not within such a frame. A book that does not know its address takes that from
// which it is served; opened from disk, it has none to offer.
const field = document.getElementById("frame");
field.value = field.value.replace('src=""', `src="${location.origin}${location.pathname}"`);
const hasAddress = /src="https?:/.test(field.value);
document.getElementById("code").hidden = window.self !== window.top || !hasAddress;
