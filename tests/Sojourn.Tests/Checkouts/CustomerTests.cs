using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts.Customers;
using Xunit;

namespace Sojourn.Tests.Checkouts;

public sealed class CustomerTests
{
    [Theory]
    [InlineData("0551 23 45 67", "DZ", "+213551234567", PhoneValidity.Valid)]
    [InlineData("551234567", "DZ", "+213551234567", PhoneValidity.Valid)]
    [InlineData("+213 (0) 551-23-45-67", null, "+213551234567", PhoneValidity.Valid)]
    [InlineData("00213551234567", null, "+213551234567", PhoneValidity.Valid)]
    [InlineData("213551234567", "DZ", "+213551234567", PhoneValidity.Valid)]
    [InlineData("٠٥٥١٢٣٤٥٦٧", "DZ", "+213551234567", PhoneValidity.Valid)]
    [InlineData("021 63 12 45", "DZ", "+21321631245", PhoneValidity.Valid)]
    [InlineData("06 12 34 56 78", "FR", "+33612345678", PhoneValidity.Valid)]
    [InlineData("(415) 555-2671", "US", "+14155552671", PhoneValidity.Valid)]
    [InlineData("+852 2123 4567", null, "+85221234567", PhoneValidity.Possible)]
    [InlineData("05 12 34", "DZ", null, PhoneValidity.Invalid)]
    [InlineData("0123456789", "DZ", null, PhoneValidity.Invalid)]
    [InlineData("0551234567", null, null, PhoneValidity.Invalid)]
    [InlineData("call me", "DZ", null, PhoneValidity.Invalid)]
    [InlineData("+", "DZ", null, PhoneValidity.Invalid)]
    [InlineData("", "DZ", null, PhoneValidity.Invalid)]
    [InlineData("+12345678901234567", null, null, PhoneValidity.Invalid)]
    public void A_phone_is_told_as_the_network_knows_it(
        string told, string? country, string? e164, PhoneValidity validity) =>
        Assert.Equal(new PhoneNumber(e164, validity), PhoneNumber.Read(told, country));

    [Theory]
    [InlineData(null, "06 39 98 04 09", "+213639980409")]
    [InlineData("FR", "06 39 98 04 09", "+33639980409")]
    [InlineData("FR", "021 63 12 45", "+21321631245")]
    [InlineData("DE", "0171 3920050", "+491713920050")]
    public void A_number_is_of_the_country_it_was_typed_in_else_of_the_shop_s(
        string? country, string told, string e164)
    {
        var e = Forms.At(5, "checkout_updated", $"'customer':{{'phone':'{told}'}}");

        var customer = Forms.Of(e with { Context = new() { Country = country } }).Customer;

        Assert.Equal(e164, customer.Number?.E164);
    }

    [Theory]
    [InlineData("Alger", "16")]
    [InlineData("ALGIERS", "16")]
    [InlineData("16 - Alger", "16")]
    [InlineData("16", "16")]
    [InlineData("bejaia", "06")]
    [InlineData("Béjaïa", "06")]
    [InlineData("6", "06")]
    [InlineData("wilaya d'Oran", "31")]
    [InlineData("ولاية وهران", "31")]
    [InlineData("الجزائر", "16")]
    [InlineData("أم البواقي", "04")]
    [InlineData("M’Sila", "28")]
    [InlineData("El M'Ghair", "57")]
    [InlineData("Paris", null)]
    [InlineData("59", null)]
    [InlineData("", null)]
    public void A_wilaya_is_known_by_code_and_by_its_names(string told, string? code) =>
        Assert.Equal(code, RegionSet.Default.Find(told, "DZ")?.Code);

    [Fact]
    public void All_58_wilayas_ship_with_both_names()
    {
        var wilayas = RegionSet.Default.Regions;

        Assert.Equal(
            Enumerable.Range(1, 58).Select(one => $"{one:D2}"),
            wilayas.Select(one => one.Code));
        Assert.All(wilayas, one => Assert.Equal(["ar", "fr"], one.Names.Keys.Order()));
    }

    [Fact]
    public void Another_country_can_be_added()
    {
        Assert.True(RuleJson.TryRead<RegionSet>("""
            {"regions":[{"country":"TN","code":"11","names":{"fr":"Tunis","ar":"تونس"}}]}
            """, out var set, out _));

        Assert.Equal("11", set.Find("tunis", "TN")?.Code);
        Assert.Null(set.Find("Tunis", "DZ"));
    }

    [Theory]
    [InlineData("""{"regions":[{"country":"Tunisia","code":"11","names":{"fr":"Tunis"}}]}""")]
    [InlineData("""{"regions":[{"country":"TN","code":"11","names":{}}]}""")]
    [InlineData("""
        {"regions":[{"country":"TN","code":"11","names":{"fr":"Tunis"}},
                    {"country":"TN","code":"11","names":{"fr":"Ariana"}}]}
        """)]
    public void Regions_that_cannot_be_told_apart_are_refused(string json) =>
        Assert.False(RuleJson.TryRead<RegionSet>(json, out _, out _));
}
