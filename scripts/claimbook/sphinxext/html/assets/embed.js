// Within a frame of another page, the code for such a frame is not offered again.
document.getElementById("code")?.toggleAttribute("hidden", window.self !== window.top);
