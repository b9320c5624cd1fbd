// From lesson 5: the HTTP client that a host lends to its guest. Knows nothing of events.

using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Wasmtime;

namespace Host;

/// <summary>One guest's way to the PostHog host.</summary>
/// <param name="host">
/// A scheme and an authority, perhaps a path: <c>https://us.i.posthog.com</c>.
/// </param>
/// <param name="timeout">How long a guest waits for an answer.</param>
public sealed class Http(string host, TimeSpan timeout)
{
    /// <summary>What PostHog's Python SDK grants a capture.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    // One for all guests: it keeps connections open, and a new client would open new ones.
    // The deadline is the request's.
    private static readonly HttpClient Client = new() { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The length in bytes of the last answer that was written to the guest's memory.
    /// </summary>
    public uint Length { get; private set; }

    // ANCHOR: post
    /// <summary>
    /// POSTs a JSON body to a path of the host: <c>200 {"status":1}</c>, or <c>0</c> and why no
    /// answer came.
    /// </summary>
    public string Post(string path, string body)
    {
        var (status, answer) = Answer(path, body);
        return $"{status} {answer}";
    }

    /// <summary>
    /// The same, in two: the status and the answer's body, or 0 and why no answer came.
    /// </summary>
    public (ushort Status, string Body) Answer(string path, string body)
    {
        var json = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, host + path)
        {
            Content = new StringContent(body, Utf8, json),
        };
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            using var response = Client.Send(request, deadline.Token);
            using var bytes = new MemoryStream();
            response.Content.CopyTo(bytes, null, deadline.Token);
            return ((ushort)response.StatusCode, Utf8.GetString(bytes.ToArray()));
        }
        catch (OperationCanceledException)
        {
            return (0, $"no answer within {timeout.TotalSeconds} seconds");
        }
        catch (HttpRequestException error) when (IsRefusal(error.InnerException))
        {
            return (0, "the connection was refused");
        }
        catch (HttpRequestException error)
        {
            return (0, error.Message);
        }
        catch (DecoderFallbackException)
        {
            return (0, "the answer is not UTF-8");
        }
    }
    // ANCHOR_END: post

    // ANCHOR: imports
    /// <summary>Defines what the guest imports.</summary>
    /// <param name="linker">The linker that will make the guest.</param>
    /// <param name="strings">
    /// The guest's; it has none before it is instantiated, and imports come first.
    /// </param>
    public void Lend(Linker linker, Func<Strings> strings)
    {
        linker.DefineFunction(
            "posthog",
            "http_request",
            (int path, int pathLength, int body, int bodyLength) =>
                Request(strings(), path, pathLength, body, bodyLength));
        linker.DefineFunction("posthog", "http_request_len", () => (int)Length);
    }

    /// <summary>The import <c>http_request</c>.</summary>
    public int Request(Strings strings, int path, int pathLength, int body, int bodyLength)
    {
        var answer = Post(
            strings.Copy((uint)path, (uint)pathLength), strings.Copy((uint)body, (uint)bodyLength));
        (var address, Length) = strings.Write(answer);
        return (int)address;
    }
    // ANCHOR_END: imports

    /// <summary>
    /// The host address in an environment variable, <c>POSTHOG_HOST</c> or
    /// <c>POSTHOG_CLOSED_HOST</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public static string Address(string variable) =>
        Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException(
            $"{variable} is not set: `just lesson` starts a server and sets it");

    private static bool IsRefusal(Exception? error) =>
        error is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
}
