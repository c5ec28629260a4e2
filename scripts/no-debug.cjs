/** Stands for the package `debug` in the bundle: nobody reads what https-proxy-agent logs by it. */
module.exports = () => () => {};
