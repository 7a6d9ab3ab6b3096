console.log("charts")
