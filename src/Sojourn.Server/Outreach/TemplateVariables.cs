using System.Globalization;
using System.Text;

namespace Sojourn.Server.Outreach;

/// <summary>What a template can ask for, and how values become harmless.</summary>
public static class TemplateVariables
{
    public const string CustomerName = "customer_name";
    public const string FirstName = "first_name";
    public const string Product = "product";
    public const string Quantity = "quantity";
    public const string Total = "total";
    public const string Currency = "currency";
    public const string Shop = "shop";
    public const string DiscountCode = "code";
    public const string CodeExpires = "code_expires";
    public const string RecoveryLink = "recovery_link";
    public const string Agent = "agent";

    /// <summary>All of them, in the order they are listed.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CustomerName, FirstName, Product, Quantity, Total, Currency, Shop, DiscountCode,
        CodeExpires, RecoveryLink, Agent,
    ];

    /// <summary>True for a link that the shop made, which must stay one.</summary>
    internal static bool IsOurs(string name) => name == RecoveryLink;

    /// <summary>
    /// A value as text that no mail or chat program makes a link of: strangers write names and
    /// products. One line, at most <see cref="Template.ValueCharsMax"/> characters, without
    /// invisible characters; a dot between two letters and every <c>://</c> are taken apart.
    /// </summary>
    internal static string Plain(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length && text.Length < Template.ValueCharsMax; i++)
        {
            var c = value[i];
            if (IsLink(value, i))
                text.Append(c).Append(' ');
            else if (IsVisible(c))
                text.Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029')
                text.Append(' ');
        }

        if (text.Length > 0 && char.IsHighSurrogate(text[^1]))
            text.Length--;
        return text.ToString().Trim();
    }

    // "a.b" and "http://" are what programs look for; "1.5 kg" and "J. Doe" are none.
    private static bool IsLink(string value, int i) => value[i] switch
    {
        '.' => i > 0 && i + 1 < value.Length
            && char.IsLetterOrDigit(value[i - 1]) && char.IsLetter(value[i + 1]),
        ':' => i + 1 < value.Length && value[i + 1] == '/',
        '@' => true,
        _ => false,
    };

    // Marks of direction and other formats hide what a text says; joiners of letters do not.
    private static bool IsVisible(char c) =>
        c is '\u200c' or '\u200d'
        || (!char.IsControl(c)
            && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
}
