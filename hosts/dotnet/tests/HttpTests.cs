// The HTTP client against servers that do what the lesson's never does.

using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Host.Tests;

public class HttpTests
{
    [Fact]
    public async Task An_answer_is_its_status_and_its_body()
    {
        var answer = "HTTP/1.1 429 Slow down\r\nContent-Length: 8\r\n\r\n🚀🚀";
        Assert.Equal("429 🚀🚀", await Posted(Encoding.UTF8.GetBytes(answer)));
    }

    [Fact]
    public async Task An_answer_that_is_not_UTF8_is_refused_with_a_sentence()
    {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\xff";
        Assert.Equal("0 the answer is not UTF-8", await Posted(Encoding.Latin1.GetBytes(answer)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")]
    public async Task A_server_that_hangs_up_is_a_failure_with_status_0(string answer) =>
        Assert.Matches("^0 .", await Posted(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void An_address_that_is_not_set_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Http.Address("POSTHOG_NOWHERE"));
        Assert.Equal(
            "POSTHOG_NOWHERE is not set: `just lesson` starts a server and sets it", error.Message);
    }

    // What a POST of `{}` gives where the server says these bytes and hangs up.
    private static async Task<string> Posted(byte[] answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            var (request, part) = ("", new byte[1]);
            while (!request.EndsWith("\r\n\r\n{}", StringComparison.Ordinal))
            {
                await stream.ReadExactlyAsync(part);
                request += (char)part[0];
            }
            await stream.WriteAsync(answer);
        });
        var http = new Http($"http://{listener.LocalEndpoint}", TimeSpan.FromSeconds(60));
        var posted = http.Post("/batch/", "{}");
        await server;
        return posted;
    }
}
