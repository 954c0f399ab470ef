// The compiled half of Asio, once (BOOST_ASIO_SEPARATE_COMPILATION): every other file then sees declarations
// only.

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
