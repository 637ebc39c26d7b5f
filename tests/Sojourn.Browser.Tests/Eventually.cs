using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>Waits for what happens by itself, and not a moment longer.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is right; fails with the last one when it never is.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> isRight)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var timer = new PeriodicTimer(Every);
        var deadline = TimeProvider.System.GetUtcNow() + Within;
        while (true)
        {
            var answer = await ask();
            if (isRight(answer))
                return answer;
            if (TimeProvider.System.GetUtcNow() > deadline)
                Assert.Fail($"Never came true; the last answer was: {answer}");

            await timer.WaitForNextTickAsync(cancel);
        }
    }
}
